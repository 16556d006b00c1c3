import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openEngine, type Engine } from '@main/scan/engine/engine';
import { createMatrix, normalizeRows, rowOf, selectRows, type Matrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';
import { chooseNumNeighbors, extendNeighbors, filterNeighbors, mineNeighbors } from '@main/scan/neighbors';

let engine: Engine;
beforeAll(async () => void (engine = await openEngine('wasm')));
afterAll(() => engine.dispose());

function randomVectors(rows: number, columns: number, seed = 1): Matrix {
  return createMatrix(rows, columns, normalizeRows(normalValues(createRandom(seed), rows * columns), columns));
}

/** Every photo against every other, sorted: slow and plainly right. */
function slowNeighbors(vectors: Matrix, photo: number, count: number): number[] {
  const cosine = (j: number): number => rowOf(vectors, j).reduce((sum, x, d) => sum + x * rowOf(vectors, photo)[d]!, 0);
  const others = Array.from({ length: vectors.rows }, (_, j) => j).filter((j) => j !== photo);
  return others
    .map((j) => ({ j, value: cosine(j) }))
    .sort((a, b) => b.value - a.value || a.j - b.j)
    .slice(0, count)
    .map(({ j }) => j);
}

describe('mineNeighbors', () => {
  it('finds exactly the most similar photos, the photo itself left out', async () => {
    const vectors = randomVectors(150, 24);
    const found = await mineNeighbors({ vectors, numNeighbors: 10, engine, seed: 1, method: 'exact' });
    for (const photo of [0, 7, 149])
      expect([...found.indices.subarray(photo * 10, photo * 10 + 10)]).toEqual(slowNeighbors(vectors, photo, 10));
  });

  it('orders equal photos by their index', async () => {
    const vectors = createMatrix(6, 2, Float32Array.from([1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1]));
    const found = await mineNeighbors({ vectors, numNeighbors: 4, engine, seed: 1 });
    expect([...found.indices.subarray(2 * 4, 3 * 4)]).toEqual([0, 1, 3, 4]);
    expect([...found.similarities.subarray(2 * 4, 3 * 4)]).toEqual([1, 1, 1, 0]);
  });

  it('finds at least 99 % of the exact neighbours with the graph', async () => {
    const vectors = randomVectors(2500, 32, 3);
    const options = { vectors, numNeighbors: 20, engine, seed: 5 };
    const exact = await mineNeighbors({ ...options, method: 'exact' });
    const graph = await mineNeighbors({ ...options, method: 'hnsw' });
    let numFound = 0;
    for (let i = 0; i < vectors.rows; i++) {
      const wanted = new Set(exact.indices.subarray(i * 20, i * 20 + 20));
      for (const index of graph.indices.subarray(i * 20, i * 20 + 20)) if (wanted.has(index)) numFound++;
    }
    expect(numFound / exact.indices.length).toBeGreaterThanOrEqual(0.99);
  });

  it('gives the same lists for the same seed', async () => {
    const options = { vectors: randomVectors(400, 16), numNeighbors: 8, engine, seed: 9, method: 'hnsw' as const };
    expect(await mineNeighbors(options)).toEqual(await mineNeighbors(options));
  });

  it('asks for no more neighbours than there are other photos', async () => {
    const found = await mineNeighbors({ vectors: randomVectors(4, 8), numNeighbors: 10, engine, seed: 1 });
    expect(found.numNeighbors).toBe(3);
    expect(found.indices).not.toContain(-1);
  });

  it('stops with the reason of its signal', async () => {
    const reason = new Error('enough');
    const options = { vectors: randomVectors(100, 8), numNeighbors: 5, engine, seed: 1 };
    await expect(mineNeighbors({ ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(mineNeighbors({ ...options, method: 'hnsw', signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('chooseNumNeighbors', () => {
  it.each([
    [500, 8],
    [5000, 21],
    [45_000, 50],
    [1_000_000, 50],
    [60, 5],
    [9, 4],
  ])('takes for %i units %i neighbours', (numUnits, expected) => expect(chooseNumNeighbors(numUnits)).toBe(expected));
});

describe('filterNeighbors', () => {
  /** Two tight groups of 20 around two axes, and one photo far from both. */
  function twoGroups(): Matrix {
    const random = createRandom(2);
    const vectors = createMatrix(41, 16, normalValues(random, 41 * 16, 0.08));
    for (let i = 0; i < 40; i++) vectors.values[i * 16 + (i < 20 ? 0 : 1)]! += 1;
    for (let d = 2; d < 16; d++) vectors.values[40 * 16 + d]! += d % 2 ? 1 : -1;
    normalizeRows(vectors.values, 16);
    return vectors;
  }

  it('keeps pairs inside a group and marks the photo between groups as isolated', async () => {
    const vectors = twoGroups();
    const neighbors = await mineNeighbors({ vectors, numNeighbors: 12, engine, seed: 1 });
    const kept = filterNeighbors({ neighbors, numNeighbors: 6, vectors, seed: 1 });
    expect(kept.isolated[40]).toBe(1);
    expect(kept.isolated.reduce((sum, value) => sum + value, 0)).toBeLessThan(5);
    for (let i = 0; i < 40; i++)
      for (let e = kept.offsets[i]!; e < kept.offsets[i + 1]!; e++) expect(kept.indices[e]! < 20).toBe(i < 20);
  });

  it('takes at most half of the neighbours from one event', async () => {
    const vectors = twoGroups();
    const neighbors = await mineNeighbors({ vectors, numNeighbors: 12, engine, seed: 1 });
    const eventIndex = new Int32Array(41).fill(3);
    const options = { neighbors, numNeighbors: 6, vectors, seed: 1, minShared: 0, minDeviations: -9 };
    const kept = filterNeighbors({ ...options, eventIndex });
    for (let i = 0; i < 41; i++) expect(kept.offsets[i + 1]! - kept.offsets[i]!).toBe(3);
    const unknown = filterNeighbors({ ...options, eventIndex: new Int32Array(41).fill(-1) });
    expect(unknown.indices.length).toBe(41 * 6);
  });
});

describe('extendNeighbors', () => {
  it('makes the lists that a search over all would have made, and tells whose changed', async () => {
    const vectors = randomVectors(160, 24, 4);
    const wanted = await mineNeighbors({ vectors, numNeighbors: 10, engine, seed: 1, method: 'exact' });
    const added = [0, 50, 51, 159];
    const isOld = (photo: number): boolean => !added.includes(photo);
    const old = [...vectors.values.keys()].slice(0, 160).filter(isOld);
    const known = await mineNeighbors({ vectors: selectRows(vectors, old), numNeighbors: 10, engine, seed: 1 });
    const lists = { ...wanted, indices: new Int32Array(1600).fill(-1), similarities: new Float32Array(1600).fill(-1) };
    old.forEach((photo, row) => {
      const part = known.indices.subarray(row * 10, row * 10 + 10).map((index) => old[index]!);
      lists.indices.set(part, photo * 10);
      lists.similarities.set(known.similarities.subarray(row * 10, row * 10 + 10), photo * 10);
    });
    const before = lists.indices.slice();
    const changed = await extendNeighbors({ vectors, lists, added, engine });
    expect(lists.indices).toEqual(wanted.indices);
    const differs = [...before.keys()].filter((at) => before[at] !== lists.indices[at]);
    expect(changed).toEqual([...new Set(differs.map((at) => Math.floor(at / 10)))]);
  });
});
