import type { Grouping } from './assign';
import type { Mined } from './mine-neighbors';

/** Confidence of every photo: how sure the head is, and how many of the neighbours that it was not trained on are in the same group. */
export function toGrouping(
  photoIds: readonly number[],
  { labels, probs, numGroups }: { labels: Int32Array; probs: Float32Array; numGroups: number },
  { lists, numNeighbors }: Mined,
): Grouping {
  const numPhotos = photoIds.length;
  const confidences = new Float32Array(numPhotos);
  for (let photo = 0; photo < numPhotos; photo++) {
    const label = labels[photo]!;
    if (label < 0) continue;
    const p = Math.min(1, probs[photo * numGroups + label]!);
    let same = 0;
    let asked = 0;
    for (let rank = numNeighbors; rank < lists.numNeighbors; rank++) {
      const other = lists.indices[photo * lists.numNeighbors + rank]!;
      if (other < 0) continue;
      asked += 1;
      if (labels[other] === label) same += 1;
    }
    confidences[photo] = Math.sqrt(p * (asked > 0 ? same / asked : p));
  }
  return { photoIds, labels, numGroups, confidences, typicality: confidences };
}
