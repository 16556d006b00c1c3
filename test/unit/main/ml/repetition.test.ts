import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TournamentData } from '@main/ml/candidates';
import { createViewSet, normalizeRows, viewMatrix, type ViewSet } from '@main/ml/matrix';
import { createRandom, normalValues } from '@main/ml/random';
import { findRepeated } from '@main/ml/repetition';
import { chooseNumNeighbors, filterNeighbors, mineNeighbors } from '@main/neighbors';

import { openTestEngines, type TestEngine } from './engines';
import { syntheticViews } from './synthetic';

let engines: TestEngine[] = [];
beforeAll(async () => {
  engines = await openTestEngines();
});
afterAll(() => engines.forEach(({ close }) => close()));

async function prepare(features: ViewSet): Promise<TournamentData> {
  const engine = engines[0]!.engine;
  normalizeRows(features.values, features.width);
  const vectors = viewMatrix(features, 0);
  const numNeighbors = chooseNumNeighbors(vectors.rows);
  const neighbors = await mineNeighbors({ vectors, numNeighbors: 3 * numNeighbors, engine, seed: 1 });
  const edges = filterNeighbors({ neighbors, numNeighbors, vectors, seed: 1 });
  return { features, vectors, neighbors, edges, numNeighbors, seed: 1, engine };
}

const kinds = (numPhotos: number, numClasses: number): ViewSet =>
  syntheticViews({ numPhotos, numViews: 2, width: 16, numClasses, nuisance: 0.3 }).views;

describe('findRepeated', () => {
  it('finds kinds again', async () => {
    const found = await findRepeated(await prepare(kinds(160, 6)));
    expect(found?.isRepeated).toBe(true);
    expect(found!.agreement).toBeGreaterThan(0.8);
  });

  it('finds nothing again in a cloud, round or drawn out to an arc', async () => {
    const values = normalValues(createRandom(3), 160 * 16);
    const arc = values.map((value, i) => [value, 1][i % 16] ?? value / 20);
    for (const points of [values, arc]) {
      const found = await findRepeated(await prepare(createViewSet(1, 160, 16, points)));
      expect(found?.isRepeated).toBe(false);
    }
  });

  it('does not ask where groups would be too small to tell', async () => {
    expect(await findRepeated(await prepare(kinds(70, 3)))).toBeNull();
  });
});
