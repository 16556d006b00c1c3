import { keepApart } from '../../groups/keep-apart';
import { linkGroups } from '../../groups/link-groups';
import { matchGroups, type OldMembership } from '../../groups/match-groups';
import type { HeadRows } from '../../ml/refit-head';
import type { Placement } from '../../store/placements';
import type { Store } from '../../store/store';
import { type StageContext, timeStage } from '../stage-context';

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
}

/**
 * Stage 7: gives every found cluster its group. Groups that continue keep id and name; a photo in a group that the person named stays there
 * unless the person moves it; everything else goes where this run puts it.
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
      store.heads.put({ ...about, runId, groupIds, width, weights, biases, miscShare: miscShare(grouping) });
    }
    context.changed();
  });
}

/** Share of photos that are unsure or in no group. */
export function miscShare({ labels, confidences }: Pick<Grouping, 'labels' | 'confidences'>): number {
  const misc = labels.reduce((sum, label, photo) => sum + (label < 0 || confidences[photo]! < 0.5 ? 1 : 0), 0);
  return misc / Math.max(1, labels.length);
}

/**
 * Writes a grouping as the library's placements, in one transaction.
 *
 * @returns The group of each cluster.
 */
export function placeGroups(store: Store, runId: number, grouping: Grouping): string[] {
  const { photoIds, labels, numGroups, confidences, typicality } = grouping;
  return store.db
    .transaction(() => {
      const old = oldMemberships(store);
      const groupIdByPhotoId = new Map(old.map((membership) => [membership.photoId, membership]));
      const clusterByPhotoId = new Map<number, number>();
      photoIds.forEach((photoId, index) => {
        if (labels[index]! >= 0) clusterByPhotoId.set(photoId, labels[index]!);
      });
      const matched = matchGroups(old, clusterByPhotoId, numGroups);
      const groupIds = matched.map(({ groupId, splitFrom }) => groupId ?? store.placements.newGroup(splitFrom));
      const found = photoIds.map((photoId, index): Placement => {
        const clusterGroup = labels[index]! < 0 ? null : groupIds[labels[index]!]!;
        const before = groupIdByPhotoId.get(photoId);
        const isKept = before?.isNamed === true && before.groupId !== clusterGroup;
        return {
          photoId,
          groupId: isKept ? before.groupId : clusterGroup,
          // A photo that only its name holds in its group is one to look at.
          confidence: isKept ? Math.min(confidences[index]!, KEPT_CONFIDENCE) : confidences[index]!,
          typicality: isKept ? 0 : typicality[index]!,
        };
      });
      const decided = placedByPerson(store);
      const placements = keepApart(found, store.pairs.listPairConstraints(), decided);
      store.placements.replaceAll(runId, placements);
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

/** Where the person put photos; null: in Unsorted. */
function placedByPerson(store: Store): Map<number, string | null> {
  const rows = store.memberships.all().filter((membership) => membership.is_placed === 1);
  return new Map(rows.map((membership) => [membership.photo_id, membership.group_id]));
}

/** Where every shown photo is before this run, what the person did included. */
export function oldMemberships(store: Store): (OldMembership & { isNamed: boolean })[] {
  return store.db
    .prepare<[], { photo_id: number; group_id: string; is_placed: number; is_named: number }>(
      `SELECT m.photo_id, m.group_id, m.is_placed, g.name IS NOT NULL AS is_named
       FROM memberships m JOIN groups g ON g.id = m.group_id ORDER BY m.photo_id`,
    )
    .all()
    .map((row) => ({
      photoId: row.photo_id,
      groupId: row.group_id,
      isMarked: row.is_placed === 1 || row.is_named === 1,
      isNamed: row.is_named === 1,
    }));
}
