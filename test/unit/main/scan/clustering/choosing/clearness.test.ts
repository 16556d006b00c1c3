import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { measureClearness } from '@main/scan/clustering/choosing/clearness';
import { createMatrix, normalizeRows, viewMatrix, type Matrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';

import { openTestEngines, type TestEngine } from '../../engines';
import { syntheticViews } from '../../synthetic';

let engines: TestEngine[] = [];
beforeAll(async () => {
  engines = await openTestEngines();
});
afterAll(() => engines.forEach(({ close }) => close()));

const measure = (vectors: Matrix) =>
  measureClearness({ vectors, numNeighbors: 6, seed: 1, engine: engines[0]!.engine });

/** A cloud that is long in some directions and short in others. */
function scattered(numPhotos: number, width: number): Matrix {
  const values = normalValues(createRandom(3), numPhotos * width).map((value, i) => value / Math.sqrt(1 + (i % width)));
  return createMatrix(numPhotos, width, normalizeRows(values, width));
}

function grouped(numPhotos: number, numClasses: number): Matrix {
  const { views } = syntheticViews({ numPhotos, numViews: 2, width: 24, numClasses, nuisance: 0.3 });
  normalizeRows(views.values, views.width);
  return viewMatrix(views, 0);
}

describe('measureClearness', () => {
  it('sees no groups in one cloud, however long it is in some directions', async () => {
    for (const numPhotos of [60, 300]) {
      const found = await measure(scattered(numPhotos, 24));
      expect(found.isClear).toBe(false);
      expect(Math.abs(found.sharing)).toBeLessThan(0.1);
    }
  });

  it('sees a few large groups and many small ones', async () => {
    expect((await measure(grouped(300, 3))).isClear).toBe(true);
    expect((await measure(grouped(60, 10))).isClear).toBe(true);
  });

  it('answers the same for the same seed', async () => {
    expect(await measure(grouped(80, 4))).toEqual(await measure(grouped(80, 4)));
  });
});
