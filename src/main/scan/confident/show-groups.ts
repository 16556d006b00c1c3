import { assessConfidence, type Confidence } from './confidence';
import type { LookAlikes } from '../neighbors/find-look-alikes';

/** Groups as a person sees them. */
export interface ShownGroups extends Confidence {
  numGroups: number;
  /** Orders photos inside a group, most typical first; unsorted photos lie beside those of the group they are nearest to. Shape: [N]. */
  typicality: Float32Array;
}

/** Says how sure every photo's group is; photos that nothing supports go to Unsorted. */
export function showGroups(
  { labels, probs, numGroups }: { labels: Int32Array; probs: Float32Array; numGroups: number },
  { lists, numNeighbors, kept }: LookAlikes,
): ShownGroups {
  const assessed = assessConfidence({
    ...{ probs, numGroups, labels, numNeighbors },
    ...{ neighbors: lists, isolated: kept.isolated },
  });
  const { confidences, agreements } = assessed;
  const typicality = Float32Array.from(assessed.labels, (label, photo) =>
    label >= 0 ? confidences[photo]! : -assessed.nearestGroups[photo]! - 1 + agreements[photo]! / 2,
  );
  return { ...assessed, numGroups, typicality };
}
