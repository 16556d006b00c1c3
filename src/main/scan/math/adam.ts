import { openKernels } from '../engine/kernels/open-kernels';

export interface Adam {
  /** What is learned: read them, and write them to start elsewhere. */
  parameters: Float32Array;
  /** Moves the parameters one step against their gradient. */
  step(gradient: Float32Array, learningRate: number): void;
}

const BETA1 = 0.9;
const BETA2 = 0.999;

/**
 * Adam, with the constants of the paper.
 *
 * Kingma and Ba, Adam, ICLR 2015, arXiv:1412.6980.
 *
 * @param start Where the parameters start; copied.
 */
export function createAdam(start: Float32Array): Adam {
  const count = start.length;
  const { kernels, at, views } = openKernels({ parameters: count, gradient: count, first: count, second: count });
  views.parameters.set(start);
  let power1 = 1;
  let power2 = 1;
  return {
    parameters: views.parameters,
    step(gradient, learningRate) {
      power1 *= BETA1;
      power2 *= BETA2;
      views.gradient.set(gradient);
      const scales = [learningRate / (1 - power1), 1 / (1 - power2)];
      kernels.adamStep(count, at.parameters, at.gradient, at.first, at.second, ...scales);
    },
  };
}

/** Falls from `rate` to `floor`·rate along half a cosine. */
export function cosineDecay(rate: number, step: number, steps: number, floor = 0): number {
  return rate * (floor + (1 - floor) * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
}
