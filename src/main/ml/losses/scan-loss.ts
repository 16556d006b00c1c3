import { softmaxRows } from './softmax';

/** How a batch of logits of many heads lies in memory: [2B, H, C], the B anchors first, then one neighbour of each. */
export interface PairBatch {
  numPairs: number;
  numHeads: number;
  numClusters: number;
  /** Weight of each pair, adding up to 1. Shape: [B]. Equal where left out. */
  pairWeights?: Float32Array;
}

export interface ScanLossOptions {
  /** λ ≥ 0. The authors use 5. */
  entropyWeight: number;
  /** π, the share each cluster is expected to have, adding up to 1 a head. Shape: [H, C]. Uniform where left out. */
  prior?: Float32Array;
}

/** Keeps the logarithm finite where a pair has no cluster in common. */
const tiny = 1e-8;

/**
 * SCAN clustering loss of many heads at once: pull each anchor and its neighbour to the same cluster, keep clusters used.
 *
 *     L = −Σᵢ wᵢ log ⟨pᵢ, qᵢ⟩ + λ · KL(p̄ ‖ π),   p̄ = Σᵢ wᵢ pᵢ
 *
 * With a uniform π the second term is λ·(log C − H(p̄)), the entropy term of eq. (2) in [1] up to a constant. The gradient has
 * a closed form, through the softmax and all:
 *
 *     ∂L/∂(logits of pᵢ) = wᵢ pᵢ ⊙ [ (s − qᵢ)/s + λ (g − ⟨pᵢ, g⟩) ],   s = ⟨pᵢ, qᵢ⟩,   g = log p̄ − log π
 *     ∂L/∂(logits of qᵢ) = wᵢ qᵢ ⊙ (s − pᵢ)/s
 *
 * One pass over plain numbers replaces some thirty small tensor operations and their gradients.
 *
 * @param logits Shape: [2B, H, C]. Overwritten with the gradient with respect to the logits.
 * @param batchMean Receives p̄. Shape: [H, C].
 * @returns Loss of each head, in nats. Shape: [H].
 *
 * [1] Van Gansbeke et al., SCAN: Learning to Classify Images without Labels, ECCV 2020, arXiv:2005.12320.
 */
export function scanLossGradient(
  logits: Float32Array,
  batch: PairBatch,
  options: ScanLossOptions,
  batchMean?: Float32Array,
): Float32Array {
  const { numPairs, numHeads, numClusters, pairWeights } = batch;
  const { entropyWeight, prior } = options;
  const width = numHeads * numClusters;
  const half = numPairs * width;
  if (numPairs === 0 || logits.length !== 2 * half) throw new RangeError('The logits are not [2B, H, C] with B > 0.');
  const probs = softmaxRows(logits, numClusters);

  const mean = new Float64Array(width);
  for (let i = 0, at = 0; i < numPairs; i++) {
    const weight = pairWeights ? pairWeights[i]! : 1 / numPairs;
    for (let j = 0; j < width; j++, at++) mean[j]! += weight * probs[at]!;
  }
  batchMean?.set(mean);
  const losses = new Float32Array(numHeads);
  const pull = new Float64Array(width);
  for (let j = 0; j < width; j++) {
    const expected = prior ? Math.max(prior[j]!, tiny) : 1 / numClusters;
    pull[j] = Math.log(Math.max(mean[j]!, tiny)) - Math.log(expected);
    losses[Math.floor(j / numClusters)]! += entropyWeight * mean[j]! * pull[j]!;
    pull[j]! *= entropyWeight;
  }

  for (let i = 0; i < numPairs; i++) {
    const weight = pairWeights ? pairWeights[i]! : 1 / numPairs;
    for (let head = 0; head < numHeads; head++) {
      const offset = head * numClusters;
      const start = i * width + offset;
      const end = start + numClusters;
      let shared = tiny;
      let pulled = 0;
      for (let a = start, j = offset; a < end; a++, j++) {
        const p = probs[a]!;
        shared += p * probs[a + half]!;
        pulled += p * pull[j]!;
      }
      losses[head]! -= weight * Math.log(shared);
      const scale = 1 / shared;
      const base = 1 - tiny * scale;
      for (let a = start, j = offset; a < end; a++, j++) {
        const p = probs[a]!;
        const q = probs[a + half]!;
        probs[a] = weight * p * (base - q * scale + pull[j]! - pulled);
        probs[a + half] = weight * q * (base - p * scale);
      }
    }
  }
  return losses;
}
