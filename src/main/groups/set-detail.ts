import { randomUUID } from 'node:crypto';

import { AppError } from '@shared/ipc/errors';
import type { DetailView } from '@shared/model/group';
import type { HistoryEntry } from '@shared/model/history';

import { cutTree, listStops, type MergeConstraints } from '../scan/clustering/merge-tree/merge-tree';
import type { LeafRow, StoredTree } from '../store/group-trees';
import type { RowEditor } from '../store/journal';
import type { Store } from '../store/store';
import { matchByOverlap } from './match-groups';

/**
 * @file More or fewer groups, at once and without learning anything.
 *
 * [Note: The detail slider] A run leaves a tree over a few hundred leaves; every photo knows its leaf, and `leaf_groups` says in which
 * group a leaf is shown. So the slider rewrites some of a few hundred rows, whatever the number of photos, through the journal like
 * any other edit. Groups that the person named (or pinned, hid, merged, chose a cover for) are fixed: their leaves stay together in them,
 * and the slider brings no others in. It regroups what nobody has decided about. A leaf that came into such a group in another way is a
 * guest there: it leaves again when the slider moves.
 */

/** What is shown now and what else could be; null where there is no tree, as in a draft. */
export function readDetail(store: Store): DetailView | null {
  const current = store.trees.current();
  if (!current) return null;
  const constraints = constraintsOf(current.tree, store.trees.leaves(current.runId));
  const { numGroups } = cutTree(current.tree, current.detail, constraints);
  const stops = listStops(current.tree, constraints).filter((stop) => stop.numGroups > 1);
  const stopIndex = stops.findIndex((stop) => stop.numGroups >= numGroups);
  return stops.length < 2 ? null : { detail: current.detail, stops, stopIndex: Math.max(0, stopIndex) };
}

/**
 * Shows the groups at another detail: one edit.
 *
 * @param continues The entry of the same drag, where this is not its first stop.
 */
export function setDetail(store: Store, detail: number, continues: number | null = null): HistoryEntry {
  const current = store.trees.current();
  if (!current) throw new AppError('failed-precondition', 'There is no tree of groups yet: a run makes one.');
  const { runId, tree } = current;
  const rows = store.trees.leaves(runId);
  const arranged = arrangeLeaves(tree, rows, detail);
  const label = `Changed the detail to ${numberOf(arranged.numGroups)}`;
  const edit = (editor: RowEditor): void => {
    editor.put('shown_details', { run_id: runId, detail });
    for (const { id, splitFrom } of arranged.made) {
      editor.put('groups', {
        ...{ id, name: null, cover_photo_id: null, is_hidden: 0, is_pinned: 0, merged_into: null },
        ...{ split_from: splitFrom, made_by: 'run', created_at: new Date().toISOString() },
      });
    }
    rows.forEach(({ leaf, group_id, is_guest }, index) => {
      const { groupId, isGuest } = arranged.leaves[index]!;
      if (group_id === groupId && (is_guest === 1) === isGuest) return;
      editor.put('leaf_groups', { run_id: runId, leaf, group_id: groupId, is_guest: isGuest ? 1 : 0 });
    });
  };
  const { entry } = store.journal.record(label, edit, continues);
  store.library.bumpRevision();
  return entry;
}

interface Arranged {
  numGroups: number;
  /** Where each leaf is shown, in the order of the rows. */
  leaves: { groupId: string; isGuest: boolean }[];
  /** Groups that were not there. */
  made: { id: string; splitFrom: string | null }[];
}

/** The cut at a detail, its parts matched with the groups there are as a run would match them. */
function arrangeLeaves(tree: StoredTree, rows: readonly LeafRow[], detail: number): Arranged {
  const cut = cutTree(tree, detail, constraintsOf(tree, rows));
  const partOf = (row: LeafRow): number => cut.groupByCluster[row.leaf]!;
  const groupByPart = new Map<number, string>();
  for (const row of rows) if (isHome(row)) groupByPart.set(partOf(row), row.shown_id);
  // What the person decided has its part; the others are matched by what they share.
  const taken = new Set(groupByPart.values());
  const freeIds = [...new Set(rows.map((row) => row.shown_id))].filter((id) => !taken.has(id)).sort();
  const freeParts = [...new Set(rows.map(partOf))].filter((part) => !groupByPart.has(part)).sort((a, b) => a - b);
  const shared = freeIds.map(() => new Float64Array(freeParts.length));
  const oldTotals = new Float64Array(freeIds.length);
  const newTotals = new Float64Array(freeParts.length);
  const rowById = new Map(freeIds.map((id, index) => [id, index]));
  const columnByPart = new Map(freeParts.map((part, index) => [part, index]));
  for (const row of rows) {
    const size = tree.sizes[row.leaf]!;
    const from = rowById.get(row.shown_id);
    const to = columnByPart.get(partOf(row));
    if (from !== undefined) oldTotals[from]! += size;
    if (to !== undefined) newTotals[to]! += size;
    if (from !== undefined && to !== undefined) shared[from]![to]! += size;
  }
  const made: Arranged['made'] = [];
  matchByOverlap(freeIds, shared, oldTotals, newTotals).forEach(({ groupId, splitFrom }, index) => {
    const id = groupId ?? randomUUID();
    if (groupId === null) made.push({ id, splitFrom });
    groupByPart.set(freeParts[index]!, id);
  });
  const leaves = rows.map((row) => ({
    groupId: groupByPart.get(partOf(row))!,
    isGuest: !isHome(row) && taken.has(groupByPart.get(partOf(row))!),
  }));
  return { numGroups: cut.numGroups, leaves, made };
}

/** The leaf belongs to a group that the person decided about. */
function isHome(row: LeafRow): boolean {
  return row.is_decided === 1 && row.is_guest === 0;
}

function constraintsOf({ merges, sizes }: StoredTree, rows: readonly LeafRow[]): MergeConstraints {
  const firstById = new Map<string, number>();
  const together: [number, number][] = [];
  // A leaf whose photos all are elsewhere (kept by a name, or Unsorted) is no group: it goes with its neighbour in the tree.
  sizes.forEach((size, leaf) => {
    const first = size === 0 ? merges.find(({ a, b }) => a === leaf || b === leaf) : undefined;
    if (first) together.push([first.a, first.b]);
  });
  for (const row of rows) {
    if (!isHome(row)) continue;
    const first = firstById.get(row.shown_id);
    if (first === undefined) firstById.set(row.shown_id, row.leaf);
    else together.push([first, row.leaf]);
  }
  return { together, alone: [...firstById.values()] };
}

function numberOf(numGroups: number): string {
  return numGroups === 1 ? '1 group' : `${numGroups} groups`;
}
