import { describe, expect, it } from 'vitest';

import { cosineDecay, createAdam } from '@main/scan/math/adam';
import { createRandom, normalValues } from '@shared/random';

/** Algorithm 1 of the paper, as it is written there. */
function slowAdam(start: number[], gradients: Float32Array[], rate: number): number[] {
  const first = start.map(() => 0);
  const second = start.map(() => 0);
  return gradients.reduce(
    (parameters, gradient, step) =>
      parameters.map((parameter, i) => {
        first[i] = 0.9 * first[i]! + 0.1 * gradient[i]!;
        second[i] = 0.999 * second[i]! + 0.001 * gradient[i]! ** 2;
        const m = first[i]! / (1 - 0.9 ** (step + 1));
        const v = second[i]! / (1 - 0.999 ** (step + 1));
        return parameter - (rate * m) / (Math.sqrt(v) + 1e-8);
      }),
    start,
  );
}

describe('Adam', () => {
  it.each([1, 3, 4, 57])('takes the steps of the paper with %i parameters', (count) => {
    const random = createRandom(2);
    const start = normalValues(random, count);
    const gradients = Array.from({ length: 20 }, () => normalValues(random, count, 0.01));
    const adam = createAdam(start);
    for (const gradient of gradients) adam.step(gradient, 0.03);
    const wanted = slowAdam([...start], gradients, 0.03);
    adam.parameters.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
  });

  it('goes on from wherever its parameters are put, and leaves the start as it was', () => {
    const start = Float32Array.of(1, 2);
    const adam = createAdam(start);
    adam.parameters[0] = 5;
    adam.step(Float32Array.of(1, 0), 0.5);
    expect(adam.parameters[0]).toBeCloseTo(4.5, 5);
    expect([...start]).toEqual([1, 2]);
  });

  it('has a rate that falls from the first to the floor', () => {
    expect(cosineDecay(0.03, 0, 100, 0.01)).toBeCloseTo(0.03, 12);
    expect(cosineDecay(0.03, 50, 100, 0.01)).toBeCloseTo(0.03 * 0.505, 12);
    expect(cosineDecay(0.03, 100, 100, 0.01)).toBeCloseTo(0.0003, 12);
  });
});
