import type { PairBatch } from './scan-loss';
import { softmaxRows } from './softmax';

export interface TemiLossOptions {
  /** β in (0.5, 1]: below 1 it lets clusters differ in size and avoids one cluster taking all. */
  beta: number;
  /** p̄, the running mean of the probs, a constant of the loss. Shape: [H, C]. */
  runningMean: Float32Array;
}

const tiny = 1e-8;

/**
 * Pointwise mutual information of a pair under its clusters, the objective of [1], for many heads at once:
 *
 *     L = −Σᵢ wᵢ log Σ_c (pᵢ_c · qᵢ_c)^β / p̄_c
 *
 * A pair that agrees on a rare cluster gains more than one that agrees on a common one, so no entropy term is needed. With
 * r_c ∝ (p_c q_c)^β / p̄_c the gradient with respect to the logits of p is w·β·(p − r), and w·β·(q − r) for q.
 *
 * @param logits Shape: [2B, H, C]. Overwritten with the gradient with respect to the logits.
 * @param batchMean Receives the mean probs of this batch, both sides, for the caller's running mean. Shape: [H, C].
 * @returns Loss of each head, in nats. Shape: [H].
 *
 * [1] Adaloglou et al., Exploring the Limits of Deep Image Clustering using Pretrained Models, BMVC 2023, arXiv:2303.17896.
 */
export function temiLossGradient(
  logits: Float32Array,
  batch: PairBatch,
  options: TemiLossOptions,
  batchMean?: Float32Array,
): Float32Array {
  const { numPairs, numHeads, numClusters, pairWeights } = batch;
  const { beta, runningMean } = options;
  const width = numHeads * numClusters;
  const half = numPairs * width;
  if (numPairs === 0 || logits.length !== 2 * half) throw new RangeError('The logits are not [2B, H, C] with B > 0.');
  const probs = softmaxRows(logits, numClusters);
  batchMean?.fill(0);
  const losses = new Float32Array(numHeads);
  const inverseMean = Float64Array.from(runningMean, (value) => 1 / Math.max(value, tiny));
  const shares = new Float64Array(numClusters);
  for (let i = 0; i < numPairs; i++) {
    const weight = pairWeights ? pairWeights[i]! : 1 / numPairs;
    for (let head = 0; head < numHeads; head++) {
      const offset = head * numClusters;
      const start = i * width + offset;
      let sum = 0;
      for (let c = 0; c < numClusters; c++) {
        const both = probs[start + c]! * probs[start + c + half]! + 1e-30;
        const share = Math.exp(beta * Math.log(both)) * inverseMean[offset + c]!;
        shares[c] = share;
        sum += share;
      }
      losses[head]! -= weight * Math.log(sum);
      const scale = 1 / sum;
      for (let c = 0; c < numClusters; c++) {
        const p = probs[start + c]!;
        const q = probs[start + c + half]!;
        if (batchMean) batchMean[offset + c]! += 0.5 * weight * (p + q);
        const share = shares[c]! * scale;
        probs[start + c] = weight * beta * (p - share);
        probs[start + c + half] = weight * beta * (q - share);
      }
    }
  }
  return losses;
}
