/** @file What became of groups from one run to the next, where they did not simply go on. */
import type { MatchedCluster, OldMembership } from './match-groups';

export interface GroupLink {
  /** `split`: a new group that came out of another. `merged`: a group that went into another. */
  kind: 'split' | 'merged';
  groupId: string;
  otherGroupId: string;
  numPhotos: number;
}

const MIN_SHARE = 0.5;

/**
 * @param matched What each cluster continues; `groupIds` are the groups that the clusters became, in the same order.
 * @param groupIdByPhotoId Where every photo is after the run; Unsorted ones are left out.
 */
export function linkGroups(
  old: readonly OldMembership[],
  matched: readonly MatchedCluster[],
  groupIds: readonly string[],
  groupIdByPhotoId: ReadonlyMap<number, string>,
): GroupLink[] {
  const destinations = new Map<string, Map<string, number>>();
  const sizes = new Map<string, number>();
  const remaining = new Set(groupIdByPhotoId.values());
  for (const { photoId, groupId } of old) {
    sizes.set(groupId, (sizes.get(groupId) ?? 0) + 1);
    const to = groupIdByPhotoId.get(photoId);
    if (to === undefined) continue;
    const counts = destinations.get(groupId) ?? new Map<string, number>();
    destinations.set(groupId, counts.set(to, (counts.get(to) ?? 0) + 1));
  }
  const splits = matched.flatMap(({ splitFrom }, cluster): GroupLink[] => {
    const groupId = groupIds[cluster]!;
    const numPhotos = splitFrom === null ? 0 : (destinations.get(splitFrom)?.get(groupId) ?? 0);
    return numPhotos > 0 ? [{ kind: 'split', groupId, otherGroupId: splitFrom!, numPhotos }] : [];
  });
  const merges = [...sizes].flatMap(([groupId, size]): GroupLink[] => {
    if (remaining.has(groupId)) return [];
    const [most] = [...(destinations.get(groupId) ?? [])].sort((a, b) => b[1] - a[1]);
    if (!most || most[1] < MIN_SHARE * size) return [];
    return [{ kind: 'merged', groupId, otherGroupId: most[0], numPhotos: most[1] }];
  });
  return [...splits, ...merges];
}
