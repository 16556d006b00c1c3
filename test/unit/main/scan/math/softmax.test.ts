import { describe, expect, it } from 'vitest';

import { expOfNegative, softmaxRows } from '@main/scan/math/softmax';

describe('softmax', () => {
  it('uses an exponential that is right to 1e-7 of its value', () => {
    for (let x = 0; x > -87; x -= 0.00371) expect(Math.abs(expOfNegative(x) / Math.exp(x) - 1)).toBeLessThan(1e-7);
    expect(expOfNegative(0)).toBeCloseTo(1, 6);
    expect(expOfNegative(-1e6)).toBeLessThan(1e-37);
  });

  it('adds up to 1 in every group, for very large logits too', () => {
    const probs = softmaxRows(Float32Array.from([1e4, 0, -1e4, 3, 3, 3]), 3);
    expect(probs[0]).toBeCloseTo(1, 6);
    expect(probs[3]! + probs[4]! + probs[5]!).toBeCloseTo(1, 6);
    expect(probs[4]).toBeCloseTo(1 / 3, 6);
  });
});
