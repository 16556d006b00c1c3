import { openKernels } from './open-kernels';

export interface PairShape {
  /** B. */
  numPairs: number;
  /** H. */
  numHeads: number;
  /** C. */
  numClusters: number;
}

/** The numbers of one training step over pairs of photos and many heads: read and write them, and compute on them. */
export interface PairStep extends PairShape {
  /** Logits without biases, of all anchors and then of their neighbours; turned into gradients in place. Shape: [2B, H, C]. */
  logits: Float32Array;
  /** Shape: [H, C]. */
  biases: Float32Array;
  /** Adding up to 1. Shape: [B]. */
  pairWeights: Float32Array;
  /** Mean probs of the batch. Shape: [H, C]. */
  mean: Float32Array;
  /** What a loss pulls by or divides by, see `losses`. Shape: [H, C]. */
  pull: Float32Array;
  /** The gradient with respect to the biases. Shape: [H, C]. */
  biasGradient: Float32Array;
  /** In nats. Shape: [H]. */
  losses: Float32Array;
  /** Logits to probs, and their mean over the anchors. */
  scanProbs(): void;
  /** Probs to gradients of the SCAN loss; `pull` is λ·(log p̄ − log π). */
  scanGradient(): void;
  /** Logits to gradients of the TEMI loss; `pull` is 1/p̄. */
  temiGradient(beta: number): void;
}

/** @throws {RangeError} If a step has no pairs. */
export function createPairStep({ numPairs, numHeads, numClusters }: PairShape): PairStep {
  if (numPairs < 1) throw new RangeError('A step needs a pair at least.');
  const width = numHeads * numClusters;
  const { kernels, at, views } = openKernels({
    ...{ biases: width, pairWeights: numPairs, mean: width, pull: width, biasGradient: width, losses: numHeads },
    ...{ shares: numClusters, largest: numHeads, logits: 2 * numPairs * width },
  });
  const shape = [numPairs, numHeads, numClusters] as const;
  views.pairWeights.fill(1 / numPairs);
  return {
    ...{ numPairs, numHeads, numClusters },
    ...views,
    scanProbs: () => kernels.scanProbs(...shape, at.logits, at.biases, at.pairWeights, at.mean, at.largest),
    scanGradient: () => kernels.scanGradient(...shape, at.logits, at.pairWeights, at.pull, at.biasGradient, at.losses),
    temiGradient: (beta) =>
      kernels.temiGradient(
        ...[...shape, beta, at.logits, at.biases, at.pairWeights],
        ...[at.pull, at.mean, at.biasGradient, at.losses, at.shares],
      ),
  };
}
