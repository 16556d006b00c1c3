import { keepApart } from '../../groups/keep-apart';
import { linkGroups } from '../../groups/link-groups';
import { matchGroups, type OldMembership } from '../../groups/match-groups';
import type { MergeTree } from '../../scan/clustering/merge-tree/merge-tree';
import type { HeadRows } from '../../scan/after/refit-head';
import { isDecided } from '../../store/group-trees';
import type { Placement } from '../../store/placements';
import type { Store } from '../../store/store';
import { miscShare } from '../pays-to-learn';
import { type StageContext, timeStage } from '../stage-context';
import { LEARNING_VERSION } from '../learning-hash';

/** What a grouping says about every photo, in the order of `photoIds`. */
export interface Grouping {
  photoIds: readonly number[];
  /** Group of each photo, 0…numGroups − 1; −1: Unsorted. Shape: [N]. */
  labels: Int32Array;
  numGroups: number;
  /** 0–1. Shape: [N]. */
  confidences: Float32Array;
  /** Orders photos inside a group, most typical first. Shape: [N]. */
  typicality: Float32Array;
  /** What the detail slider reads; left out where there is nothing to slide. */
  parts?: { tree: MergeTree; detail: number; leaves: Int32Array };
}

/**
 * Stage 7: gives every found cluster its group. Groups that continue keep id and name; a photo in a group that the person named (pinned, hid, merged …) stays
 * there unless the person moves it; everything else goes where this run puts it.
 */
export async function assign(
  context: StageContext,
  grouping: Grouping,
  inputHash: string,
  head?: { rows: HeadRows; featureModelId: number; numUnits: number },
): Promise<void> {
  await timeStage(context, 'assign', async (record) => {
    Object.assign(record, { items: grouping.photoIds.length, inputHash });
    context.progress.begin('assign', 'Making groups', 1).add();
    const { store, runId } = context;
    const groupIds = placeGroups(store, runId, grouping);
    if (head) {
      const { rows, ...about } = head;
      const { width, weights, biases } = rows;
      const placements = store.placements.of(runId);
      const placed = {
        miscShare: miscShare(grouping.photoIds.map((id) => placements.get(id)!)),
        learningVersion: LEARNING_VERSION,
      };
      store.heads.put({ ...about, ...placed, runId, groupIds, width, weights, biases });
    }
    context.changed();
  });
}

/**
 * Writes a grouping as the library's placements, in one transaction.
 *
 * @returns The group of each cluster.
 */
export function placeGroups(store: Store, runId: number, grouping: Grouping): string[] {
  const { photoIds, labels, numGroups, confidences, typicality, parts } = grouping;
  return store.db
    .transaction(() => {
      const old = oldMemberships(store);
      const beforeByPhotoId = new Map(old.map((membership) => [membership.photoId, membership]));
      const clusterByPhotoId = new Map<number, number>();
      photoIds.forEach((photoId, index) => {
        if (labels[index]! >= 0) clusterByPhotoId.set(photoId, labels[index]!);
      });
      const matched = matchGroups(old, clusterByPhotoId, numGroups);
      const groupIds = matched.map(({ groupId, splitFrom }) => groupId ?? store.placements.newGroup(splitFrom));
      const found = photoIds.map((photoId, index): Placement => {
        const clusterGroup = labels[index]! < 0 ? null : groupIds[labels[index]!]!;
        const before = beforeByPhotoId.get(photoId);
        const isKept = before?.isDecided === true && !before.isGuest && before.groupId !== clusterGroup;
        return {
          photoId,
          groupId: isKept ? before.groupId : clusterGroup,
          // A photo that only the person's word for the group holds in it is one to look at.
          confidence: isKept ? Math.min(confidences[index]!, KEPT_CONFIDENCE) : confidences[index]!,
          typicality: isKept ? 0 : typicality[index]!,
          leaf: isKept || clusterGroup === null ? null : (parts?.leaves[index] ?? null),
        };
      });
      const decided = placedByPerson(store);
      // What a pair of the person's moved elsewhere no longer goes with its part of the tree.
      const placements = keepApart(found, store.pairs.listPairConstraints(), decided).map((placement, index) =>
        placement.groupId === found[index]!.groupId ? placement : { ...placement, leaf: null },
      );
      // The tree first: photos find their leaves when they are placed.
      if (parts) putTree(store, runId, parts, placements, beforeByPhotoId);
      else store.trees.remove(runId);
      store.placements.replaceAll(runId, [...placements, ...awaiting(store, placements)]);
      const groupIdAfter = new Map<number, string>();
      for (const { photoId, groupId } of placements) {
        const shown = decided.has(photoId) ? decided.get(photoId)! : groupId;
        if (shown !== null) groupIdAfter.set(photoId, shown);
      }
      store.placements.putLinks(runId, linkGroups(old, matched, groupIds, groupIdAfter));
      store.placements.prune();
      store.placements.dropUnusedGroups();
      return groupIds;
    })
    .immediate();
}

/** Below the limit of "likely": shown among the unsure. */
const KEPT_CONFIDENCE = 0.49;

/** Places for photos that are away, in groups that go on: when they come back they are where they were. */
function awaiting(store: Store, placements: readonly Placement[]): Placement[] {
  const runId = store.placements.shownRun();
  if (runId === null) return [];
  const goesOn = new Set(placements.map(({ groupId }) => groupId));
  return store.placements.away(runId).filter(({ groupId, isDecided: isKept }) => isKept || goesOn.has(groupId));
}

/** Where the person put photos; null: in Unsorted. */
function placedByPerson(store: Store): Map<number, string | null> {
  const rows = store.memberships.all().filter((membership) => membership.is_placed === 1);
  return new Map(rows.map((membership) => [membership.photo_id, membership.group_id]));
}

/** Stores the tree, and for each leaf its group; of a decided group, leaves that were not in it before are guests. */
function putTree(
  store: Store,
  runId: number,
  { tree, detail }: NonNullable<Grouping['parts']>,
  placements: readonly Placement[],
  beforeByPhotoId: ReadonlyMap<number, Before>,
): void {
  const sizes = Array.from({ length: tree.numClusters }, () => 0);
  const numAtHome = sizes.slice();
  const groupIds: (string | undefined)[] = sizes.map(() => undefined);
  for (const { photoId, groupId, leaf } of placements) {
    if (leaf === null || leaf === undefined || groupId === null) continue;
    sizes[leaf]!++;
    groupIds[leaf] = groupId;
    const before = beforeByPhotoId.get(photoId);
    if (before?.groupId === groupId && !before.isGuest) numAtHome[leaf]!++;
  }
  const decided = new Set(
    [...beforeByPhotoId.values()].filter(({ isDecided }) => isDecided).map(({ groupId }) => groupId),
  );
  const leaves = groupIds.flatMap((groupId, leaf) =>
    groupId === undefined
      ? []
      : [{ leaf, groupId, isGuest: decided.has(groupId) && 2 * numAtHome[leaf]! < sizes[leaf]! }],
  );
  store.trees.put(runId, { numClusters: tree.numClusters, merges: tree.merges, sizes }, detail, leaves);
}

/** `isDecided`: the person named the group, or pinned, hid or merged it, or chose its cover. */
type Before = OldMembership & { isDecided: boolean; isGuest: boolean };

/** Where every shown photo is before this run, what the person did included. */
export function oldMemberships(store: Store): Before[] {
  return store.db
    .prepare<[], { photo_id: number; group_id: string; is_placed: number; is_decided: number; is_guest: number }>(
      `SELECT m.photo_id, m.group_id, m.is_placed, ${isDecided('g')} AS is_decided,
         m.is_placed = 0 AND coalesce(lg.is_guest, 0) AS is_guest
       FROM memberships m JOIN groups g ON g.id = m.group_id
       LEFT JOIN placements pl ON pl.photo_id = m.photo_id AND pl.run_id = (SELECT run_id FROM shown_run)
       LEFT JOIN leaf_groups lg ON lg.run_id = pl.run_id AND lg.leaf = pl.leaf ORDER BY m.photo_id`,
    )
    .all()
    .map((row) => ({
      photoId: row.photo_id,
      groupId: row.group_id,
      isMarked: row.is_placed === 1 || (row.is_decided === 1 && row.is_guest === 0),
      isDecided: row.is_decided === 1,
      isGuest: row.is_guest === 1,
    }));
}
