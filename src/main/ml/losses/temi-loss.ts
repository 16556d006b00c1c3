import type { PairBatch } from './scan-loss';
import { expOfNegative } from './softmax';

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
  batchMean?.fill(0);
  const losses = new Float32Array(numHeads);
  const inverseMean = Float64Array.from(runningMean, (value) => 1 / Math.max(value, tiny));
  const shares = new Float64Array(numClusters);
  for (let i = 0; i < numPairs; i++) {
    const weight = pairWeights ? pairWeights[i]! : 1 / numPairs;
    for (let head = 0; head < numHeads; head++) {
      const offset = head * numClusters;
      const start = i * width + offset;
      const end = start + numClusters;
      let largestA = logits[start]!;
      let largestB = logits[start + half]!;
      for (let a = start + 1; a < end; a++) {
        if (logits[a]! > largestA) largestA = logits[a]!;
        if (logits[a + half]! > largestB) largestB = logits[a + half]!;
      }
      // (p·q)^β straight from the logits: the softmax's two divisors are the same for all clusters and cancel in the shares.
      let sumA = 0;
      let sumB = 0;
      let sum = 0;
      for (let a = start, c = 0; a < end; a++, c++) {
        const one = logits[a]! - largestA;
        const two = logits[a + half]! - largestB;
        const share = expOfNegative(beta * (one + two)) * inverseMean[offset + c]!;
        const powerA = expOfNegative(one);
        const powerB = expOfNegative(two);
        shares[c] = share;
        logits[a] = powerA;
        logits[a + half] = powerB;
        sum += share;
        sumA += powerA;
        sumB += powerB;
      }
      losses[head]! -= weight * (Math.log(sum) - beta * Math.log(sumA * sumB));
      const scale = 1 / sum;
      const scaleA = 1 / sumA;
      const scaleB = 1 / sumB;
      for (let a = start, c = 0; a < end; a++, c++) {
        const p = logits[a]! * scaleA;
        const q = logits[a + half]! * scaleB;
        if (batchMean) batchMean[offset + c]! += 0.5 * weight * (p + q);
        const share = shares[c]! * scale;
        logits[a] = weight * beta * (p - share);
        logits[a + half] = weight * beta * (q - share);
      }
    }
  }
  return losses;
}
