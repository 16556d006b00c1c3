/** @file Step 4 of the method: the photos that are sure enough of their group to teach the others. */

/** Probability from which a photo teaches. On both collections that were measured, .8 did better than the paper's .99. */
export const CONFIDENT_FROM = 0.8;

export interface ConfidentPhotos {
  /** Most probable cluster of each photo. Shape: [N]. */
  labels: Int32Array;
  /** 1 for each photo whose probability is over {@link CONFIDENT_FROM}. Shape: [N]. */
  isConfident: Uint8Array;
  /** Share of photos that are confident, 0–1. */
  coverage: number;
}

/**
 * Picks the photos that teach, and what each of them teaches.
 *
 * @param probs Shape: [N, C].
 */
export function pickConfident(probs: Float32Array, numClusters: number): ConfidentPhotos {
  const numPhotos = probs.length / numClusters;
  const labels = new Int32Array(numPhotos);
  const isConfident = new Uint8Array(numPhotos);
  let count = 0;
  for (let photo = 0, start = 0; photo < numPhotos; photo++, start += numClusters) {
    let top = 0;
    for (let c = 1; c < numClusters; c++) if (probs[start + c]! > probs[start + top]!) top = c;
    labels[photo] = top;
    if (probs[start + top]! <= CONFIDENT_FROM) continue;
    isConfident[photo] = 1;
    count++;
  }
  return { labels, isConfident, coverage: numPhotos === 0 ? 0 : count / numPhotos };
}
