import { describe, expect, it } from 'vitest';

import { createMatrix, type Matrix, normalizeRows } from '@main/scan/math/matrix';
import { ari } from '@main/scan/math/metrics';
import { createRandom } from '@shared/random';
import {
  cutSplitTree,
  growSplitTree,
  likenessToPart,
  splitAround,
  suggestNumParts,
} from '@main/scan/after/split-group';

/** Clouds of unit vectors around directions of their own. */
function clouds(sizes: readonly number[], spread: number, seed: number): { vectors: Matrix; truth: Int32Array } {
  const width = 24;
  const random = createRandom(seed);
  const rows = sizes.flatMap((size, cloud) => {
    const center = Array.from({ length: width }, () => random.normal());
    return Array.from({ length: size }, () => ({
      cloud,
      values: center.map((value) => value + spread * random.normal()),
    }));
  });
  const vectors = createMatrix(rows.length, width, Float32Array.from(rows.flatMap((row) => row.values)));
  normalizeRows(vectors.values, width);
  return { vectors, truth: Int32Array.from(rows, (row) => row.cloud) };
}

const sizesOf = (labels: Int32Array): number[] => {
  const sizes: number[] = [];
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  return sizes;
};

describe('the split tree', () => {
  it.each([
    [[30, 20], 1],
    [[40, 25, 12], 2],
    [[30, 30, 25, 20, 15], 3],
  ])('finds clouds of %j and suggests their number', (sizes, seed) => {
    const { vectors, truth } = clouds(sizes, 0.5, seed);
    const tree = growSplitTree(vectors, 1);
    expect(suggestNumParts(tree)).toBe(sizes.length);
    const labels = cutSplitTree(tree, sizes.length);
    expect(ari(labels, truth)).toBeGreaterThan(0.95);
    expect(sizesOf(labels)).toEqual(sizes);
  });

  it('gives the same parts each time, and one more part only takes one of them apart', () => {
    const { vectors } = clouds([50, 40, 30, 20], 0.8, 5);
    const tree = growSplitTree(vectors, 1);
    expect(growSplitTree(vectors, 1)).toEqual(tree);
    for (let numParts = 2; numParts < 8; numParts++) {
      const coarse = cutSplitTree(tree, numParts);
      const fine = cutSplitTree(tree, numParts + 1);
      const pairs = new Set(Array.from(fine, (part, row) => `${part} in ${coarse[row]}`));
      expect(pairs.size).toBe(numParts + 1);
      expect(sizesOf(fine)).toEqual(sizesOf(fine).toSorted((a, b) => b - a));
    }
  });

  it('puts every photo of a large group into a part, though it learned from a sample', () => {
    const { vectors, truth } = clouds([1400, 900], 0.5, 6);
    const labels = cutSplitTree(growSplitTree(vectors, 1), 2);
    expect(ari(labels, truth)).toBeGreaterThan(0.95);
  });

  it('of two photos has two parts, of copies only one', () => {
    expect(cutSplitTree(growSplitTree(clouds([1, 1], 0, 7).vectors, 1), 2).toSorted()).toEqual(new Int32Array([0, 1]));
    const copies = createMatrix(4, 2, Float32Array.from([1, 0, 1, 0, 1, 0, 1, 0]));
    expect(growSplitTree(copies, 1)).toMatchObject({ numLeaves: 1, joins: [] });
  });
});

describe('a split around chosen photos', () => {
  it('gathers what is like each of them, in their order', () => {
    const { vectors, truth } = clouds([20, 30, 25], 0.5, 8);
    const labels = splitAround(vectors, [60, 3, 30]);
    expect(ari(labels, truth)).toBeGreaterThan(0.95);
    expect([labels[60], labels[3], labels[30]]).toEqual([0, 1, 2]);
  });

  it('never moves a chosen photo to the part of another, however alike they are', () => {
    const { vectors } = clouds([20, 20], 0.5, 9);
    const labels = splitAround(vectors, [0, 1]);
    expect([labels[0], labels[1]]).toEqual([0, 1]);
  });

  it('knows how well each photo fits its part', () => {
    const { vectors } = clouds([10], 0.4, 10);
    const likeness = likenessToPart(vectors, new Int32Array(10), 1);
    expect(Math.min(...likeness)).toBeGreaterThan(0.7);
    expect(Math.max(...likeness)).toBeLessThanOrEqual(1.0001);
  });
});
