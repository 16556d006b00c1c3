import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { TournamentData } from '@main/scan/clustering/choosing/candidates';
import { photoVectors } from '@main/scan/pretext/feature-model';
import { predictProbs } from '@main/scan/clustering/heads/heads';
import { normalizeRows, selectPhotos } from '@main/scan/math/matrix';
import { accuracy } from '@main/scan/math/metrics';
import { argmaxRows } from '@main/scan/math/probs';
import { createRandom } from '@shared/random';
import { refineGroups } from '@main/scan/clustering/refine-groups';
import { filterNeighbors, mineNeighbors } from '@main/scan/neighbors';

import { openTestEngines, type TestEngine } from '../engines';
import { syntheticViews } from '../synthetic';

let test: TestEngine;
let data: TournamentData;
let truth: Int32Array;
const numGroups = 3;

beforeAll(async () => {
  const engines = await openTestEngines();
  test = engines[0]!;
  engines.slice(1).forEach(({ close }) => close());
  const made = syntheticViews({ numPhotos: 300, numViews: 3, width: 16, numClasses: numGroups, nuisance: 0.5 });
  normalizeRows(made.views.values, made.views.width);
  // One large group and two small ones.
  const photos = Int32Array.from([...made.truth.keys()].filter((photo) => photo % 3 === 0 || photo < 60));
  truth = Int32Array.from(photos, (photo) => made.truth[photo]!);
  const features = selectPhotos(made.views, photos);
  const vectors = photoVectors(features);
  const { engine } = test;
  const neighbors = await mineNeighbors({ vectors, numNeighbors: 12, engine, seed: 1 });
  const edges = filterNeighbors({ neighbors, numNeighbors: 6, vectors, seed: 1 });
  data = { features, vectors, neighbors, edges, numNeighbors: 6, seed: 1, engine };
});
afterAll(() => test.close());

/** Probabilities that say the truth, but for a share of photos another group. */
function blurred(share: number): Float32Array {
  const random = createRandom(7);
  const probs = new Float32Array(truth.length * numGroups);
  truth.forEach((own, photo) => {
    const group = random.uniform() < share ? random.int(numGroups) : own;
    probs[photo * numGroups + group] = 1;
  });
  return probs;
}

describe('refineGroups', () => {
  it('mends the borders of groups of unequal size and keeps their sizes', async () => {
    const probs = blurred(0.2);
    const refined = await refineGroups(data, { probs, numGroups });
    const labels = argmaxRows(refined.probs, numGroups);
    expect(accuracy(truth, labels)).toBeGreaterThan(accuracy(truth, argmaxRows(probs, numGroups)) + 0.05);
    expect(labels.filter((label) => label === 0).length / labels.length).toBeGreaterThan(0.6);
  });

  it('gives the head that says the groups it gives', async () => {
    const { head, probs } = await refineGroups(data, { probs: blurred(0.2), numGroups });
    expect(await predictProbs(test.engine, head, data.features, { views: 'mean' })).toEqual(probs);
  });

  it('leaves groups alone that neighbours cannot agree on more', async () => {
    const probs = blurred(0);
    const refined = await refineGroups(data, { probs, numGroups });
    expect(accuracy(truth, argmaxRows(refined.probs, numGroups))).toBe(1);
  });
});
