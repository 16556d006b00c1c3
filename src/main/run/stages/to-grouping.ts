import { assessConfidence } from '../../scan/confident/confidence';
import type { Grouping } from './assign';
import type { Mined } from './mine-neighbors';

/** A clustering as the person sees it: every photo with its confidence, those that nothing supports in Unsorted. */
export function toGrouping(
  photoIds: readonly number[],
  { labels, probs, numGroups }: { labels: Int32Array; probs: Float32Array; numGroups: number },
  { lists, numNeighbors, kept }: Mined,
): Grouping {
  const assessed = assessConfidence({
    probs,
    numGroups,
    labels,
    neighbors: lists,
    numNeighbors,
    isolated: kept.isolated,
  });
  const { confidences, agreements } = assessed;
  // Unsorted photos lie beside those of the group they are nearest to.
  const typicality = Float32Array.from(assessed.labels, (label, photo) =>
    label >= 0 ? confidences[photo]! : -assessed.nearestGroups[photo]! - 1 + agreements[photo]! / 2,
  );
  return { photoIds, labels: assessed.labels, numGroups, confidences, typicality };
}

/** Every photo in Unsorted. */
export function ungrouped(photoIds: readonly number[]): Grouping {
  return {
    photoIds,
    labels: new Int32Array(photoIds.length).fill(-1),
    numGroups: 0,
    confidences: new Float32Array(photoIds.length),
    typicality: new Float32Array(photoIds.length),
  };
}
