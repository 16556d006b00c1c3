import { createHash } from 'node:crypto';

import type { Lessons } from '../../scan/clustering/heads/lessons';
import { type Corrections, readCorrections } from '../../store/corrections';
import type { Store } from '../../store/store';

/** What a run learns from corrections. */
export interface TakenLessons {
  lessons: Lessons;
  /** The group that each kind is. */
  groupIds: readonly string[];
  /** Equal lessons, equal hash, whatever ids groups have. */
  hash: string;
}

/** A group that photos were only ever refused from is told by this many of its most typical photos. */
const NUM_TYPICAL = 20;

/**
 * Reads the person's corrections as lessons about units (see [Note: Lessons]).
 *
 * @param unitIds The photo that stands for each unit.
 * @returns Null where nothing was said about any of them.
 */
export function takeLessons(store: Store, unitIds: readonly number[]): TakenLessons | null {
  const unitOf = unitIndexOf(store, unitIds);
  const corrections = readCorrections(store.db);
  const placed = new Map<number, string>();
  for (const { photoId, groupId } of corrections.placed) {
    const unit = unitOf(photoId);
    if (unit !== undefined) placed.set(unit, groupId);
  }
  const refused = unitsOf(corrections.rejected, unitOf, placed);
  const kindOf = new Map<string, number>();
  const addKind = (groupId: string): void => void (kindOf.has(groupId) || kindOf.set(groupId, kindOf.size));
  [...placed].sort(([a], [b]) => a - b).forEach(([, groupId]) => addKind(groupId));
  refused.forEach(({ groupId }) => addKind(groupId));
  const groupIds = [...kindOf.keys()];
  const kinds = new Int32Array(unitIds.length).fill(-1);
  for (const [unit, groupId] of placed) kinds[unit] = kindOf.get(groupId)!;
  const examples = groupIds.map((groupId, kind) => {
    const taught = [...kinds.keys()].filter((unit) => kinds[unit] === kind);
    return Int32Array.from(taught.length > 0 ? taught : typicalUnits(store, groupId, unitOf));
  });
  const rejected = refused.map(({ unit, groupId }) => [unit, kindOf.get(groupId)!] as const);
  const pairsOf = (kind: 'together' | 'apart'): [number, number][] =>
    corrections.pairs.flatMap((pair): [number, number][] => {
      const [a, b] = [unitOf(pair.photoId), unitOf(pair.otherId)];
      return pair.kind === kind && a !== undefined && b !== undefined && a !== b ? [[a, b]] : [];
    });
  const lessons = {
    ...{ kinds, numKinds: groupIds.length, examples, rejected },
    ...{ together: pairsOf('together'), apart: pairsOf('apart') },
  };
  if (groupIds.length === 0 && lessons.together.length === 0 && lessons.apart.length === 0) return null;
  return { lessons, groupIds, hash: hashLessons(lessons) };
}

/** Unit of a photo by the unit it is known to belong to; undefined for one that is not there now. */
function unitIndexOf(store: Store, unitIds: readonly number[]): (photoId: number) => number | undefined {
  const indexByUnitId = new Map(unitIds.map((id, index) => [id, index]));
  return (photoId) => indexByUnitId.get(photoId) ?? indexByUnitId.get(store.photos.get(photoId)?.unit_photo_id ?? -1);
}

function unitsOf(
  rejected: Corrections['rejected'],
  unitOf: (photoId: number) => number | undefined,
  placed: ReadonlyMap<number, string>,
): { unit: number; groupId: string }[] {
  const found = new Map<string, { unit: number; groupId: string }>();
  for (const { photoId, groupId } of rejected) {
    const unit = unitOf(photoId);
    // A burst whose photos were judged differently teaches what its placed photo says.
    if (unit !== undefined && placed.get(unit) !== groupId) found.set(`${unit} ${groupId}`, { unit, groupId });
  }
  return [...found.values()].sort((a, b) => a.unit - b.unit || (a.groupId < b.groupId ? -1 : 1));
}

function typicalUnits(store: Store, groupId: string, unitOf: (photoId: number) => number | undefined): number[] {
  const photos = store.memberships.photos({ kind: 'group', groupId: groupId as never }, 0, NUM_TYPICAL).photos;
  return [...new Set(photos.flatMap(({ id }) => unitOf(id) ?? []))];
}

function hashLessons({ kinds, examples, rejected, together, apart }: Lessons): string {
  return createHash('sha256')
    .update(JSON.stringify([[...kinds], examples.map((list) => [...list]), rejected, together, apart]))
    .digest('hex');
}
