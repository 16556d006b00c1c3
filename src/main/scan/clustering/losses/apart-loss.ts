import type { PairShape } from '../../engine/kernels/pair-step';
import { softmaxRows } from '../../math/softmax';

/** Keeps the gradient finite where a pair shares its cluster entirely. */
const tiny = 1e-3;

/**
 * Pushes photos that do not belong together into different clusters, for many heads at once:
 *
 *     L = −w Σᵢ log(1 − s),   s = ⟨pᵢ, qᵢ⟩,   ∂L/∂(logits of pᵢ) = w/(1 − s) · pᵢ ⊙ (qᵢ − s)
 *
 * @param logits Shape: [2B, H, C], one side first. Overwritten with the gradient with respect to the logits.
 * @param weight w, of each pair.
 * @returns Loss of each head, in nats. Shape: [H].
 */
export function apartLossGradient(
  logits: Float32Array,
  { numPairs, numHeads, numClusters }: PairShape,
  weight: number,
): Float32Array {
  const probs = softmaxRows(logits, numClusters);
  const half = numPairs * numHeads * numClusters;
  if (logits.length !== 2 * half) throw new RangeError('The logits are not [2B, H, C].');
  const losses = new Float32Array(numHeads);
  for (let start = 0; start < half; start += numClusters) {
    let shared = 0;
    for (let a = start; a < start + numClusters; a++) shared += probs[a]! * probs[a + half]!;
    const rest = Math.max(1 - shared, tiny);
    losses[(start / numClusters) % numHeads]! -= weight * Math.log(rest);
    for (let a = start; a < start + numClusters; a++) {
      const p = probs[a]!;
      const q = probs[a + half]!;
      probs[a] = (weight / rest) * p * (q - shared);
      probs[a + half] = (weight / rest) * q * (p - shared);
    }
  }
  return losses;
}
