import type { PairStep } from '../../engine/kernels/pair-step';

export interface ScanLossOptions {
  /** λ ≥ 0. The authors use 5. */
  entropyWeight: number;
  /** π, the share each cluster is expected to have, adding up to 1 per head. Shape: [H, C]. Uniform where left out. */
  prior?: Float32Array;
}

/** Keeps the logarithm finite where a cluster is empty. */
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
 * @param step `logits` hold logits without biases, and the gradient with respect to the logits afterwards.
 * @returns Loss of each head, in nats. Shape: [H].
 *
 * [1] Van Gansbeke et al., SCAN: Learning to Classify Images without Labels, ECCV 2020, arXiv:2005.12320.
 */
export function scanLossGradient(step: PairStep, { entropyWeight, prior }: ScanLossOptions): Float32Array {
  const { numClusters, mean, pull, losses } = step;
  step.scanProbs();
  for (let j = 0; j < pull.length; j++) {
    const expected = prior ? Math.max(prior[j]!, tiny) : 1 / numClusters;
    pull[j] = entropyWeight * (Math.log(Math.max(mean[j]!, tiny)) - Math.log(expected));
  }
  step.scanGradient();
  for (let j = 0; j < pull.length; j++) losses[Math.floor(j / numClusters)]! += mean[j]! * pull[j]!;
  return losses;
}
