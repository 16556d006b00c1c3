import { describe, expect, it } from 'vitest';

import { createRandom } from '@shared/random';

import { dbscan, suggestRadius } from '../../../bench/quality/dbscan';

/** Points about some centres, and one far from all. */
function blobs(centres: readonly (readonly [number, number])[], each: number): number[][] {
  const random = createRandom(3);
  const points = centres.flatMap(([x, y]) =>
    Array.from({ length: each }, () => [x + 0.3 * random.normal(), y + 0.3 * random.normal()]),
  );
  return [...points, [100, 100]];
}

/** Clusters by the definition: cores within the radius of each other are connected; who is near a core joins it. */
function coresTogether(
  points: readonly number[][],
  radius: number,
  corePoints: number,
): (a: number, b: number) => boolean {
  const isNear = (a: number, b: number): boolean =>
    Math.hypot(points[a]![0]! - points[b]![0]!, points[a]![1]! - points[b]![1]!) <= radius;
  const all = [...points.keys()];
  const isCore = all.map((a) => all.filter((b) => isNear(a, b)).length >= corePoints);
  const component = all.map((a) => a);
  for (let changed = true; changed;) {
    changed = false;
    for (const a of all)
      for (const b of all)
        if (isCore[a] && isCore[b] && isNear(a, b) && component[b]! > component[a]!) {
          component[b] = component[a]!;
          changed = true;
        }
  }
  return (a, b) => isCore[a]! && isCore[b]! && component[a] === component[b];
}

describe('DBSCAN in the plane', () => {
  const points = blobs([[0, 0], [5, 0], [0, 5], [5, 5], [10, 0]], 40); // prettier-ignore

  it('connects the cores that the definition connects', () => {
    for (const radius of [0.1, 0.2, 0.5]) {
      const labels = dbscan(points, radius, 5);
      const together = coresTogether(points, radius, 5);
      const pairs = [...points.keys()].flatMap((a) => [...points.keys()].map((b) => [a, b] as const));
      expect(pairs.every(([a, b]) => !together(a, b) || labels[a] === labels[b])).toBe(true);
    }
  });

  it('leaves a point by itself out, with a label of its own', () => {
    const labels = dbscan(points, 0.5, 5);
    expect(labels.at(-1)).toBeLessThan(0);
    expect(labels.filter((label) => label === labels.at(-1))).toHaveLength(1);
  });

  it('finds a radius by which the blobs are the clusters', () => {
    const labels = dbscan(points, suggestRadius(points, 5), 5);
    const byBlob = Array.from({ length: 5 }, (_, blob) => {
      const own = labels.slice(blob * 40, blob * 40 + 40).filter((label) => label >= 0);
      return new Set(own).size;
    });
    expect(byBlob).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(labels.filter((label) => label >= 0)).size).toBe(5);
  });
});
