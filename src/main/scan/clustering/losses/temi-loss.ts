import type { PairStep } from '../../engine/kernels/pair-step';

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
 * @param step `logits` hold logits without biases, and the gradient with respect to the logits afterwards; `mean` the mean probs of this
 *   batch, both sides, for the caller's running mean.
 * @returns Loss of each head, in nats. Shape: [H].
 *
 * [1] Adaloglou et al., Exploring the Limits of Deep Image Clustering using Pretrained Models, BMVC 2023, arXiv:2303.17896.
 */
export function temiLossGradient(step: PairStep, { beta, runningMean }: TemiLossOptions): Float32Array {
  for (let j = 0; j < step.pull.length; j++) step.pull[j] = 1 / Math.max(runningMean[j]!, tiny);
  step.temiGradient(beta);
  return step.losses;
}
