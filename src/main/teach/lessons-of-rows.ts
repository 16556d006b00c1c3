import type { RowLesson } from '../ml/refit-head';
import { readCorrections } from '../store/corrections';
import type { Store } from '../store/store';
import type { TeachModel } from './teach-model';

/** Lessons about units, with groups by id: rows are found for them later. */
export interface UnitLessons {
  /** The group that the person put a unit into. */
  placed: Map<number, string>;
  /** Groups that a unit is not in. */
  refused: Map<number, Set<string>>;
  /** Units that the person let follow a correction. */
  accepted: Map<number, string>;
  pairs: { unit: number; other: number; kind: 'together' | 'apart' }[];
}

/** What was said, and what was let follow from it, of the units that a model knows. */
export function readUnitLessons(store: Store, model: TeachModel): UnitLessons {
  const unitOf = unitFinder(store, model);
  const { placed: overrides, rejected, pairs } = readCorrections(store.db);
  const placed = new Map<number, string>();
  for (const { photoId, groupId } of overrides) {
    const unit = unitOf(photoId);
    if (unit !== undefined) placed.set(unit, groupId);
  }
  const refused = new Map<number, Set<string>>();
  for (const { photoId, groupId } of rejected) {
    const unit = unitOf(photoId);
    if (unit === undefined || placed.get(unit) === groupId) continue;
    refused.set(unit, (refused.get(unit) ?? new Set()).add(groupId));
  }
  const accepted = new Map<number, string>();
  for (const { photoId, groupId } of acceptedMoves(store)) {
    const unit = unitOf(photoId);
    if (unit !== undefined && !placed.has(unit)) accepted.set(unit, groupId);
  }
  return {
    ...{ placed, refused, accepted },
    pairs: pairs.flatMap(({ photoId, otherId, kind }) => {
      const [unit, other] = [unitOf(photoId), unitOf(otherId)];
      return unit === undefined || other === undefined || unit === other ? [] : [{ unit, other, kind }];
    }),
  };
}

/** Finds the unit of a photo; undefined for one that the model does not know. */
export function unitFinder(store: Store, { indexByUnitId }: TeachModel): (photoId: number) => number | undefined {
  const unitIdByPhotoId = new Map(
    store.db
      .prepare<[], { id: number; unit: number }>(
        'SELECT id, unit_photo_id AS unit FROM photos WHERE unit_photo_id IS NOT NULL AND unit_photo_id <> id',
      )
      .all()
      .map(({ id, unit }) => [id, unit]),
  );
  return (photoId) => indexByUnitId.get(photoId) ?? indexByUnitId.get(unitIdByPhotoId.get(photoId) ?? -1);
}

function acceptedMoves(store: Store): { photoId: number; groupId: string }[] {
  return store.db
    .prepare<[], { photoId: number; groupId: string }>(
      `SELECT photo_id AS photoId, group_id AS groupId FROM memberships WHERE is_accepted = 1 ORDER BY photo_id`,
    )
    .all();
}

/** More lessons than this say little more and take longer than a person waits. */
const MAX_LESSONS = 1000;
const MAX_ACCEPTED = 300;
/** What followed from a correction counts less than what was said. */
const ACCEPTED_WEIGHT = 0.2;

/**
 * Lessons as targets of rows.
 *
 * «Not this group» is not among them: it says where one photo is not, and nothing about where others go. Taught to a row of a group that
 * holds two kinds, it drives out the second kind to wherever is next (on `tiny` a hundred answers in random order then lower ARI from
 * .385 to .347; without, it rises to .394).
 *
 * @param rowOf The row of a group that suits a unit best; undefined where the group has none.
 */
export function toRowLessons(
  { placed, accepted, pairs }: UnitLessons,
  rowOf: (groupId: string, unit: number) => number | undefined,
): RowLesson[] {
  const found: RowLesson[] = [];
  const add = (photo: number, groupId: string, weight = 1): void => {
    const group = rowOf(groupId, photo);
    if (group !== undefined) found.push({ kind: 'in', photo, group, weight });
  };
  for (const [unit, groupId] of placed) add(unit, groupId);
  for (const { unit, other, kind } of pairs) found.push({ kind, photo: unit, other });
  const said = thinned(found, MAX_LESSONS);
  found.length = 0;
  for (const [unit, groupId] of accepted) add(unit, groupId, ACCEPTED_WEIGHT);
  return [...said, ...thinned(found, MAX_ACCEPTED)];
}

function thinned<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]!);
}
