import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createMatrix, normalizeRows, rowOf, type Matrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';
import { silhouette } from '@main/scan/clustering/choosing/silhouette';

/** All distances, one by one. */
function slowSilhouette(vectors: Matrix, labels: Int32Array): number {
  const photos = [...labels.keys()];
  const distance = (a: number, b: number): number =>
    1 - rowOf(vectors, a).reduce((sum, value, d) => sum + value * rowOf(vectors, b)[d]!, 0);
  const meanDistance = (photo: number, others: number[]): number =>
    others.reduce((sum, other) => sum + distance(photo, other), 0) / others.length;
  const each = photos.map((photo) => {
    const ofGroup = (group: number): number[] => photos.filter((other) => other !== photo && labels[other] === group);
    const own = ofGroup(labels[photo]!);
    if (own.length === 0) return 0;
    const others = [...new Set(labels)].filter((group) => group !== labels[photo]);
    const nearest = Math.min(...others.map((group) => meanDistance(photo, ofGroup(group))));
    const within = meanDistance(photo, own);
    return (nearest - within) / Math.max(nearest, within);
  });
  return each.reduce((sum, value) => sum + value, 0) / photos.length;
}

const points = (numPhotos: number, seed: number): Matrix =>
  createMatrix(numPhotos, 5, normalizeRows(normalValues(createRandom(seed), numPhotos * 5), 5));

describe('silhouette', () => {
  it('equals the mean over all pairs, also with a photo alone and a group without photos', () => {
    const cases = fc.record({
      seed: fc.integer({ min: 1, max: 1000 }),
      labels: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 30 }),
    });
    fc.assert(
      fc.property(cases, ({ seed, labels }) => {
        fc.pre(new Set(labels).size > 1);
        const vectors = points(labels.length, seed);
        const own = Int32Array.from(labels);
        expect(silhouette(vectors, own, 5)).toBeCloseTo(slowSilhouette(vectors, own), 5);
      }),
      { numRuns: 60 },
    );
  });

  it('is 1 for groups of equal photos, negative for groups that are mixed up, 0 for one group', () => {
    const corners = createMatrix(4, 2, Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1));
    expect(silhouette(corners, Int32Array.of(0, 0, 1, 1), 2)).toBeCloseTo(1);
    expect(silhouette(corners, Int32Array.of(0, 1, 0, 1), 2)).toBeLessThan(0);
    expect(silhouette(corners, Int32Array.of(0, 0, 0, 0), 1)).toBe(0);
  });

  it('asks only some of many photos, and hears nearly the same', () => {
    const halves = ({ rows, columns, values }: Matrix): Int32Array =>
      Int32Array.from({ length: rows }, (_, photo) => (values[photo * columns]! > 0 ? 1 : 0));
    const [few, many] = [points(5000, 4), points(12_000, 3)];
    expect(silhouette(many, halves(many), 2)).toBeCloseTo(silhouette(few, halves(few), 2), 2);
  });
});
