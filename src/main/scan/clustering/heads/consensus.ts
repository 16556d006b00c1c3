/** @file Several heads, one answer: clusters are matched across heads and averaged; how far heads agree is the run's stability. */
import { assignMaxScore } from '../../math/hungarian';
import { ari } from '../../math/metrics';

/**
 * Renames the clusters of one head to those of a reference head, so that the photos they share are as many as possible.
 *
 * @param reference Probabilities of the reference head. Shape: [N, C].
 * @param probs Probabilities of the head to rename. Shape: [N, C].
 * @returns For each cluster of the reference, the cluster of `probs` that matches it. Shape: [C].
 */
export function matchClusters(reference: Float32Array, probs: Float32Array, numClusters: number): Int32Array {
  const overlap = new Float64Array(numClusters * numClusters);
  for (let row = 0; row < reference.length; row += numClusters) {
    for (let a = 0; a < numClusters; a++) {
      const p = reference[row + a]!;
      if (p < 1e-4) continue;
      for (let b = 0; b < numClusters; b++) overlap[a * numClusters + b]! += p * probs[row + b]!;
    }
  }
  return assignMaxScore(overlap, numClusters, numClusters);
}

/**
 * Adds a head's share to the mean over heads: one at a time, since all at once are a quarter of a gigabyte for 50,000 photos.
 *
 * Averaging over aligned heads needs no lucky head: measured against the head with the best selection loss in docs/decisions/the-judge.md.
 *
 * @param mean Changed. Shape: [N, C].
 * @param probs Shape: [N, C].
 * @param matching From {@link matchClusters}. Shape: [C].
 */
export function addMatched(mean: Float32Array, probs: Float32Array, matching: Int32Array, numHeads: number): void {
  const numClusters = matching.length;
  for (let row = 0; row < mean.length; row += numClusters) {
    for (let c = 0; c < numClusters; c++) mean[row + c]! += probs[row + matching[c]!]! / numHeads;
  }
}

/** How far heads agree: mean ARI over all pairs of labellings, 1 where all found the same groups, 0 where they share nothing; 1 for fewer than two. */
export function meanPairwiseAri(labellings: readonly Int32Array[]): number {
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < labellings.length; a++) {
    for (let b = 0; b < a; b++) {
      sum += ari(labellings[a]!, labellings[b]!);
      pairs++;
    }
  }
  return pairs === 0 ? 1 : sum / pairs;
}
