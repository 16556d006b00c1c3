import { describe, expect, it } from 'vitest';

import { createRandom, deriveSeed, normalValues } from '@shared/random';

describe('the generator', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const take = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 20 }, () => random.uniform());
    };
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
    expect(take(7)).not.toEqual(take(7 + 2 ** 40));
  });

  it('is stable across versions: a library keeps its groups', () => {
    const random = createRandom(deriveSeed(42, 'cluster', 3));
    expect([random.int(1000), random.int(1000), random.int(1000)]).toMatchInlineSnapshot(`
      [
        683,
        285,
        992,
      ]
    `);
  });

  it('draws uniform numbers in [0, 1) with mean one half', () => {
    const random = createRandom(1);
    const values = Array.from({ length: 20_000 }, () => random.uniform());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(values.reduce((a, b) => a + b) / values.length).toBeCloseTo(0.5, 2);
  });

  it('draws normal numbers with mean 0 and variance 1', () => {
    const values = normalValues(createRandom(1), 40_000);
    const mean = values.reduce((a, b) => a + b) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(values.reduce((a, b) => a + b * b, 0) / values.length).toBeCloseTo(1, 1);
  });

  it('permutes without losing any number', () => {
    const order = createRandom(3).permutation(50);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect([...order]).not.toEqual([...order].sort((a, b) => a - b));
  });
});

describe('deriveSeed', () => {
  it('tells parts apart by their order, kind and boundaries', () => {
    const seeds = [
      deriveSeed(1, 'a', 1),
      deriveSeed(1, 'a', '1'),
      deriveSeed(1, 'a1'),
      deriveSeed(1, 1, 'a'),
      deriveSeed(2, 'a', 1),
      deriveSeed(1, 'a'),
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
    for (const seed of seeds) expect(Number.isSafeInteger(seed)).toBe(true);
  });
});
