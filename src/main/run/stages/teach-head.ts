import { matchGroups, type OldMembership } from '../../groups/match-groups';
import { type Clustering, regroup } from '../../scan/clustering/clustering';
import { fromRows, toRows } from '../../scan/after/head-rows';
import { addRow, refitHead, secondMoment, type RowLesson } from '../../scan/after/refit-head';
import type { LearnedGroups } from '../../scan/run-method';
import { hashOf } from '../learning-hash';
import type { TakenLessons } from './take-lessons';

export interface TeachHeadInput {
  groups: LearnedGroups;
  /** Names what the method found. */
  inputHash: string;
  /** The photo that stands for each unit. */
  unitIds: readonly number[];
  /** Where photos were before this run. */
  old: readonly OldMembership[];
  taken: TakenLessons | null;
}

/** Fewer photos than this that were put into a group of their own are no kind to look for. */
const MIN_EXAMPLES = 4;

/**
 * Fits what was found to what the person said, photo by photo: heads were taught who belongs together, and only now is it known which
 * cluster each group is. A group of the person's own that no cluster continues gets a row of its own.
 */
export async function teachHead({
  groups,
  inputHash,
  unitIds,
  old,
  taken,
}: TeachHeadInput): Promise<{ clustering: Clustering; inputHash: string }> {
  const { clustering, data } = groups;
  const { vectors } = data;
  const { head, fine, numGroups, labels } = clustering;
  if (!taken || !head || !fine) return { clustering, inputHash };
  const clusterByUnitId = new Map(unitIds.flatMap((id, unit) => (labels[unit]! < 0 ? [] : [[id, labels[unit]!]])));
  const matched = matchGroups(old, clusterByUnitId, numGroups);
  let rows = toRows(head);
  const rowByKind = new Map<number, number>();
  taken.groupIds.forEach((groupId, kind) => {
    const row = matched.findIndex((match) => match.groupId === groupId);
    const examples = taken.lessons.examples[kind]!;
    const isOwn = row < 0 && examples.filter((unit) => taken.lessons.kinds[unit] === kind).length >= MIN_EXAMPLES;
    if (row >= 0) rowByKind.set(kind, row);
    else if (isOwn) {
      rowByKind.set(kind, rows.numGroups);
      rows = addRow(rows, vectors, examples.length);
    }
  });
  const moment = secondMoment(vectors);
  const { head: fitted } = refitHead(rows, vectors, moment, rowLessons(taken, rowByKind));
  const taught = await regroup(data, clustering, fromRows(fitted));
  return { clustering: taught, inputHash: hashOf('teach', inputHash, taken.hash, [...rowByKind].join()) };
}

function rowLessons({ lessons }: TakenLessons, rowByKind: ReadonlyMap<number, number>): RowLesson[] {
  const found: RowLesson[] = [];
  lessons.kinds.forEach((kind, photo) => {
    const group = rowByKind.get(kind);
    if (group !== undefined) found.push({ kind: 'in', photo, group });
  });
  for (const [photo, kind] of lessons.rejected) {
    const group = rowByKind.get(kind);
    if (group !== undefined) found.push({ kind: 'not-in', photo, group });
  }
  for (const [photo, other] of lessons.together) found.push({ kind: 'together', photo, other });
  for (const [photo, other] of lessons.apart) found.push({ kind: 'apart', photo, other });
  return found;
}
