import { assignMaxScore } from '../scan/math/hungarian';

/**
 * @file Which group a newly found cluster is. A group has an identity that outlives runs: clusters come and go, names stay.
 *
 * A cluster b continues group a where the overlap J = n_ab / (n_a + n_b − n_ab) is at least 0.3, or each holds half of the other; photos that
 * the person placed and those of named groups count 1.5 times. One to one, by the best sum of overlaps (Kuhn–Munkres).
 */

export interface OldMembership {
  photoId: number;
  groupId: string;
  /** The person placed it, or decided about its group: named it, for example. */
  isMarked: boolean;
}

export interface MatchedCluster {
  /** The group it continues; null: a new one. */
  groupId: string | null;
  /** Of a new group: the old one that most of its photos came from, when the old one lives on elsewhere. */
  splitFrom: string | null;
}

const MARKED_WEIGHT = 1.5;
const MIN_OVERLAP = 0.3;
const MIN_CONTAINMENT = 0.5;

/**
 * @param clusterByPhotoId New cluster of each photo, 0…numClusters − 1; photos that are Unsorted now are left out.
 * @returns One entry per cluster.
 */
export function matchGroups(
  old: readonly OldMembership[],
  clusterByPhotoId: ReadonlyMap<number, number>,
  numClusters: number,
): MatchedCluster[] {
  const groupIds = [...new Set(old.map((membership) => membership.groupId))].sort();
  const rowByGroupId = new Map(groupIds.map((groupId, row) => [groupId, row]));
  const weightByPhotoId = new Map(
    old.map((membership) => [membership.photoId, membership.isMarked ? MARKED_WEIGHT : 1]),
  );
  const shared = groupIds.map(() => new Float64Array(numClusters));
  const oldTotals = new Float64Array(groupIds.length);
  const newTotals = new Float64Array(numClusters);
  for (const [photoId, cluster] of clusterByPhotoId) newTotals[cluster]! += weightByPhotoId.get(photoId) ?? 1;
  for (const { photoId, groupId, isMarked } of old) {
    const row = rowByGroupId.get(groupId)!;
    const weight = isMarked ? MARKED_WEIGHT : 1;
    oldTotals[row]! += weight;
    const cluster = clusterByPhotoId.get(photoId);
    if (cluster !== undefined) shared[row]![cluster]! += weight;
  }
  return matchByOverlap(groupIds, shared, oldTotals, newTotals);
}

/**
 * The same on counts.
 *
 * @param shared What group and cluster have in common, one row per group. Shape: [G][C].
 * @param oldTotals Shape: [G].
 * @param newTotals Shape: [C].
 */
export function matchByOverlap(
  groupIds: readonly string[],
  shared: readonly Float64Array[],
  oldTotals: Float64Array,
  newTotals: Float64Array,
): MatchedCluster[] {
  const numClusters = newTotals.length;
  const overlap = groupIds.map((_, row) =>
    Float64Array.from({ length: numClusters }, (_unused, cluster) => {
      const both = shared[row]![cluster]!;
      const j = both / (oldTotals[row]! + newTotals[cluster]! - both);
      const isHalf = both >= MIN_CONTAINMENT * oldTotals[row]! && both >= MIN_CONTAINMENT * newTotals[cluster]!;
      return both > 0 && (j >= MIN_OVERLAP || isHalf) ? j : 0;
    }),
  );
  const matched: MatchedCluster[] = Array.from({ length: numClusters }, () => ({ groupId: null, splitFrom: null }));
  if (groupIds.length === 0 || numClusters === 0) return matched;
  const columns = assignMaxScore(
    overlap.flatMap((row) => [...row]),
    groupIds.length,
    numClusters,
  );
  const continued = new Set<number>();
  columns.forEach((cluster, row) => {
    if (cluster < 0 || !(overlap[row]![cluster]! > 0)) return;
    matched[cluster] = { groupId: groupIds[row]!, splitFrom: null };
    continued.add(row);
  });
  matched.forEach((match, cluster) => {
    if (match.groupId !== null) return;
    const source = groupIds.findIndex(
      (_, row) => continued.has(row) && shared[row]![cluster]! >= MIN_CONTAINMENT * newTotals[cluster]!,
    );
    if (source >= 0) match.splitFrom = groupIds[source]!;
  });
  return matched;
}
