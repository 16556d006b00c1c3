export interface Adam {
  /** Moves the parameters one step against their gradient, in place. */
  step(gradient: Float32Array, learningRate: number): void;
}

/**
 * Adam over plain numbers, with decoupled weight decay (AdamW) when asked.
 *
 * Kingma and Ba, Adam, ICLR 2015, arXiv:1412.6980; Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101.
 */
export function createAdam(parameters: Float32Array, { beta1 = 0.9, beta2 = 0.999, weightDecay = 0 } = {}): Adam {
  const first = new Float32Array(parameters.length);
  const second = new Float32Array(parameters.length);
  let power1 = 1;
  let power2 = 1;
  return {
    step(gradient, learningRate) {
      power1 *= beta1;
      power2 *= beta2;
      const rate = learningRate / (1 - power1);
      const scale2 = 1 / (1 - power2);
      const keep = 1 - learningRate * weightDecay;
      for (let i = 0; i < parameters.length; i++) {
        const g = gradient[i]!;
        const m = beta1 * first[i]! + (1 - beta1) * g;
        const v = beta2 * second[i]! + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        parameters[i] = keep * parameters[i]! - (rate * m) / (Math.sqrt(v * scale2) + 1e-8);
      }
    },
  };
}

/** Falls from `rate` to `floor`·rate along half a cosine. */
export function cosineDecay(rate: number, step: number, steps: number, floor = 0): number {
  return rate * (floor + (1 - floor) * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
}
