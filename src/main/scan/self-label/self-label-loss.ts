import { softmaxRows } from '../math/softmax';

/**
 * Cross entropy against pseudo-labels: `L = −Σᵢ wᵢ log p(xᵢ)[yᵢ] / Σᵢ wᵢ`, p the softmax of a strong view's logits.
 *
 * The gradient with respect to the logits is wᵢ (pᵢ − onehot(yᵢ)) / Σ w. Photos with weight 0 (not confident) have none.
 *
 * @param logits Shape: [B, C]. Overwritten with the gradient with respect to the logits.
 * @param labels Shape: [B].
 * @param weights At least 0. Shape: [B].
 * @returns The loss in nats; 0 where all weights are 0.
 *
 * Van Gansbeke et al., SCAN, ECCV 2020, arXiv:2005.12320, section 2.3 (fine-tuning through self-labelling).
 */
export function selfLabelLossGradient(
  logits: Float32Array,
  labels: ArrayLike<number>,
  weights: ArrayLike<number>,
  numClusters: number,
): number {
  const batch = labels.length;
  if (logits.length !== batch * numClusters) throw new RangeError('The logits are not [B, C].');
  let total = 0;
  for (let i = 0; i < batch; i++) total += weights[i]!;
  if (total === 0) {
    logits.fill(0);
    return 0;
  }
  const probs = softmaxRows(logits, numClusters);
  let loss = 0;
  for (let i = 0; i < batch; i++) {
    const share = weights[i]! / total;
    const start = i * numClusters;
    loss -= share * Math.log(Math.max(probs[start + labels[i]!]!, 1e-30));
    for (let c = 0; c < numClusters; c++) probs[start + c]! *= share;
    probs[start + labels[i]!]! -= share;
  }
  return loss;
}
