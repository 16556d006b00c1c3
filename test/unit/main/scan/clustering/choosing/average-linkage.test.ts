import { afterAll, describe, expect, it } from 'vitest';

import { cutLinks, linkByAverage } from '@main/scan/clustering/choosing/average-linkage';
import { createMatrix, normalizeRows, rowOf, type Matrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';

import { openTestEngines } from '../../engines';

const [opened] = await openTestEngines(['wasm']);
const { engine, close } = opened!;
afterAll(close);

function randomVectors(count: number, width: number): Matrix {
  const values = normalValues(createRandom(5), count * width, 1);
  return createMatrix(count, width, normalizeRows(values, width));
}

/** The plain way: of all pairs of groups, again and again, the one with the least mean distance joins. */
function linkSlowly(vectors: Matrix): number[] {
  const distance = (i: number, j: number): number =>
    1 - rowOf(vectors, i).reduce((sum, value, d) => sum + value * rowOf(vectors, j)[d]!, 0);
  let groups = Array.from({ length: vectors.rows }, (_, i) => [i]);
  const found: number[] = [];
  while (groups.length > 1) {
    let best = { a: groups[0]!, b: groups[1]!, distance: Infinity };
    for (const a of groups) {
      for (const b of groups) {
        if (a === b) continue;
        const sum = a.reduce((total, i) => total + b.reduce((inner, j) => inner + distance(i, j), 0), 0);
        if (sum / (a.length * b.length) < best.distance) best = { a, b, distance: sum / (a.length * b.length) };
      }
    }
    found.push(best.distance);
    groups = [...groups.filter((group) => group !== best.a && group !== best.b), [...best.a, ...best.b]];
  }
  return found;
}

describe('average linkage', () => {
  it('joins the same distances as comparing all groups with all', async () => {
    const vectors = randomVectors(24, 3);
    const links = await linkByAverage(engine, vectors);
    linkSlowly(vectors).forEach((distance, at) => expect(links[at]!.distance).toBeCloseTo(distance, 5));
  });

  it('leaves as many groups as asked for, numbered by their first photo', async () => {
    const links = await linkByAverage(engine, randomVectors(24, 3));
    for (const numGroups of [1, 2, 7, 24]) {
      const labels = cutLinks(links, numGroups);
      expect([...new Set(labels)]).toEqual(Array.from({ length: numGroups }, (_, group) => group));
    }
  });

  it('finds tight groups of very different sizes', async () => {
    const sizes = [40, 8, 4];
    const truth = sizes.flatMap((size, group) => Array.from({ length: size }, () => group));
    const noise = normalValues(createRandom(2), truth.length * 3, 0.1);
    const values = noise.map((value, i) => value + (truth[Math.floor(i / 3)] === i % 3 ? 1 : 0));
    const links = await linkByAverage(engine, createMatrix(truth.length, 3, normalizeRows(values, 3)));
    expect([...cutLinks(links, 3)]).toEqual(truth);
  });

  it('links one photo to nothing', async () => {
    expect(await linkByAverage(engine, randomVectors(1, 3))).toEqual([]);
    expect([...cutLinks([], 1)]).toEqual([0]);
  });
});
