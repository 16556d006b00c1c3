import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createViewSet, type ViewSet } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';
import { findRepeated, type Repetition } from '@main/scan/clustering/choosing/repetition';

import { openTestEngines, type TestEngine } from '../../engines';
import { syntheticViews } from '../../synthetic';
import { prepareTournament } from '../../tournament-data';

let engines: TestEngine[] = [];
beforeAll(async () => {
  engines = await openTestEngines();
});
afterAll(() => engines.forEach(({ close }) => close()));

const kinds = (numPhotos: number, numClasses: number): ViewSet =>
  syntheticViews({ numPhotos, numViews: 2, width: 16, numClasses, nuisance: 0.3 }).views;

const ask = async (features: ViewSet): Promise<Repetition | null> =>
  findRepeated(await prepareTournament(features, engines[0]!.engine));

describe('findRepeated', () => {
  it('finds kinds again', async () => {
    const found = await ask(kinds(160, 6));
    expect(found?.isRepeated).toBe(true);
    expect(found!.agreement).toBeGreaterThan(0.8);
  });

  it('finds nothing again in a cloud, round or drawn out to an arc', async () => {
    const values = normalValues(createRandom(3), 160 * 16);
    const arc = values.map((value, i) => [value, 1][i % 16] ?? value / 20);
    for (const points of [values, arc]) {
      const found = await ask(createViewSet(1, 160, 16, points));
      expect(found?.isRepeated).toBe(false);
    }
  });

  it('does not ask where groups would be too small to tell', async () => {
    expect(await ask(kinds(70, 3))).toBeNull();
  });
});
