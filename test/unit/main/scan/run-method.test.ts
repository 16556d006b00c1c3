import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { noGroups } from '@main/scan/clustering/clustering';
import { createViewSet, selectPhotos, viewMatrix, type ViewSet } from '@main/scan/math/matrix';
import { ari } from '@main/scan/math/metrics';
import { learnGroups, methodSteps, runMethod, type MethodSteps } from '@main/scan/run-method';

import { openTestEngines, type TestEngine } from './engines';
import { syntheticViews } from './synthetic';

const numPhotos = 64;
const made = syntheticViews({ numPhotos, numViews: 3, width: 16, numClasses: 4, nuisance: 0.3 });
let test: TestEngine;

beforeAll(async () => {
  test = (await openTestEngines(['wasm']))[0]!;
});
afterAll(() => test.close());

const settings = () => ({ numGroups: 4, seed: 1, engine: test.engine }) as const;

/** The same photos, and the first of them a second time. */
function withCopy(views: ViewSet): ViewSet {
  const { numViews, width } = views;
  const both = createViewSet(numViews, numPhotos + 1, width);
  for (let v = 0; v < numViews; v++) {
    const rows = views.values.subarray(v * numPhotos * width, (v + 1) * numPhotos * width);
    both.values.set(rows, v * (numPhotos + 1) * width);
    both.values.set(rows.subarray(0, width), (v * (numPhotos + 1) + numPhotos) * width);
  }
  return both;
}

describe('runMethod', () => {
  it('finds the kinds of photos, and gives a copy what its photo got', async () => {
    const views = withCopy(made.views);
    const none = Array.from({ length: numPhotos + 1 }, () => null);
    const found = await runMethod(
      {
        ...{ perceptualHashes: none, takenAtMs: none, cameras: none, features: viewMatrix(views, 0) },
        contentHashes: none.map((_, photo) => `hash ${photo % numPhotos}`),
      },
      (photos) => selectPhotos(views, photos),
      { ...settings(), detail: 1 },
    );
    expect(found.units.numUnits).toBe(numPhotos);
    expect(found.labels[numPhotos]).toBe(found.labels[0]);
    expect(found.confidences[numPhotos]).toBe(found.confidences[0]);
    expect(ari(made.truth, found.clustering.labels)).toBeGreaterThan(0.95);
  }, 60_000);
});

describe('learnGroups', () => {
  it('goes through the five steps in the order of the paper, each as its caller wraps it', async () => {
    const order: string[] = [];
    const told = Object.fromEntries(
      Object.entries(methodSteps).map(([name, step]) => [
        name,
        (...input: never[]) => (order.push(name), (step as (...input: never[]) => unknown)(...input)),
      ]),
    ) as unknown as MethodSteps;
    const clusterPhotos: MethodSteps['clusterPhotos'] = ({ vectors }) => {
      order.push('clusterPhotos');
      return Promise.resolve(noGroups(vectors.rows, 'no-clear-groups', 'All are alike.'));
    };
    const { refinement, clustering } = await learnGroups({ views: made.views }, settings(), { ...told, clusterPhotos });
    expect(order).toEqual(['learnFeatures', 'findLookAlikes', 'clusterPhotos', 'findTeachers', 'refineHead']);
    expect(clustering.verdict).toBe('no-clear-groups');
    expect(refinement).toEqual({ head: null, note: 'Left out: there are no groups.' });
  });
});
