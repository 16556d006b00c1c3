import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { photoVectors } from '@main/scan/pretext/feature-model';
import { type Heads, pickHeads, predictProbs, selectHead } from '@main/scan/clustering/heads/heads';
import { kmeans } from '@main/scan/clustering/choosing/kmeans';
import { normalizeRows, type ViewSet } from '@main/scan/math/matrix';
import { accuracy } from '@main/scan/math/metrics';
import type { NeighborLists } from '@main/scan/neighbors/neighbor-lists';
import { type ConfidentPhotos, pickConfident } from '@main/scan/confident/pick-confident';
import { argmaxRows } from '@main/scan/math/probs';
import { selfLabel } from '@main/scan/self-label/self-label';
import { trainHeads, type TrainHeadsOptions } from '@main/scan/clustering/heads/train-heads';
import { mineNeighbors } from '@main/scan/neighbors';

import { openTestEngines, type TestEngine } from '../../engines';
import { syntheticViews } from '../../synthetic';

const numClusters = 4;
let engines: TestEngine[] = [];
let features: ViewSet;
let truth: Int32Array;
let neighbors: NeighborLists;

beforeAll(async () => {
  engines = await openTestEngines();
  const made = syntheticViews({ numPhotos: 160, numViews: 3, width: 16, numClasses: numClusters, nuisance: 0.3 });
  normalizeRows(made.views.values, made.views.width);
  ({ truth } = made);
  features = made.views;
  const vectors = photoVectors(features);
  neighbors = await mineNeighbors({ vectors, numNeighbors: 6, engine: engines[0]!.engine, seed: 1 });
});
afterAll(() => engines.forEach(({ close }) => close()));

const settings = (test: TestEngine): TrainHeadsOptions => ({
  features,
  neighbors,
  numClusters,
  numHeads: 3,
  steps: 150,
  seed: 3,
  engine: test.engine,
});

/** The best head, and the photos that it is sure of. */
async function headToTeach(
  { engine }: TestEngine,
  heads: Heads,
  read: ViewSet,
): Promise<{ head: Heads; confident: ConfidentPhotos }> {
  const head = pickHeads(heads, [selectHead(heads)]);
  return { head, confident: pickConfident(await predictProbs(engine, head, read), numClusters) };
}

describe('trainHeads', () => {
  it.each(['scan', 'temi'] as const)(
    'finds the classes of made-up photos with %s, on every engine',
    async (objective) => {
      const found = [];
      for (const test of engines) {
        const heads = await trainHeads({ ...settings(test), objective });
        const probs = await predictProbs(test.engine, heads, features, { head: selectHead(heads) });
        found.push(argmaxRows(probs, numClusters));
        expect(accuracy(truth, found.at(-1)!)).toBeGreaterThan(0.95);
        expect(heads.deadClusters[selectHead(heads)]).toBe(0);
      }
      for (const labels of found) expect(labels).toEqual(found[0]);
    },
  );

  it('goes on from given heads', async () => {
    const options = { ...settings(engines[0]!), learningRate: 0 };
    const start = await trainHeads({ ...settings(engines[0]!), steps: 30 });
    const same = await trainHeads({ ...options, start, steps: 3 });
    expect(same.weights).toEqual(start.weights);
    expect(same.biases).toEqual(start.biases);
  });

  it('is bit-equal for the same seed on every engine, and differs for another', async () => {
    const first = await trainHeads(settings(engines[0]!));
    for (const test of engines) {
      expect(await trainHeads(settings(test))).toEqual(first);
      expect((await trainHeads({ ...settings(test), seed: 4 })).weights).not.toEqual(first.weights);
    }
  });

  it('leaks no tensor over 1,000 steps', async () => {
    for (const test of engines) {
      const before = test.engine.tf.memory().numTensors;
      await trainHeads({ ...settings(test), numHeads: 1, steps: 1000 });
      expect(test.engine.tf.memory().numTensors).toBe(before);
    }
  });

  it('gives probs that add up to 1, for one view and for the mean of all', async () => {
    const test = engines[0]!;
    const heads = await trainHeads({ ...settings(test), steps: 5 });
    for (const views of ['canonical', 'mean'] as const) {
      const probs = await predictProbs(test.engine, heads, features, { views });
      expect(probs.length).toBe(3 * 160 * numClusters);
      for (let i = 0; i < probs.length; i += numClusters) {
        expect(probs.subarray(i, i + numClusters).reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      }
    }
  });

  it('writes probs over those that are no longer needed', async () => {
    const test = engines[0]!;
    const heads = await trainHeads({ ...settings(test), steps: 5 });
    const fresh = await predictProbs(test.engine, heads, features, { head: 1 });
    const into = await predictProbs(test.engine, heads, features, { head: 0 });
    const written = await predictProbs(test.engine, heads, features, { head: 1, into });
    expect(written).toBe(into);
    expect(written).toEqual(fresh);
  });

  it('takes ragged lists, photo weights and a prior', async () => {
    const test = engines[0]!;
    const offsets = Int32Array.from({ length: 161 }, (_, i) => Math.min(i, 150) * 2);
    const indices = Int32Array.from({ length: 300 }, (_, e) => neighbors.indices[Math.floor(e / 2) * 6 + (e % 2)]!);
    const ragged = { offsets, indices, weights: new Float32Array(300).fill(1), isolated: new Uint8Array(160) };
    const photoWeights = Float32Array.from({ length: 160 }, (_, i) => 1 + (i % 3));
    const heads = await trainHeads({
      ...settings(test),
      neighbors: ragged,
      photoWeights,
      prior: new Float32Array(numClusters).fill(1 / numClusters),
      steps: 200,
    });
    const probs = await predictProbs(test.engine, heads, features, { head: selectHead(heads) });
    expect(accuracy(truth, argmaxRows(probs, numClusters))).toBeGreaterThan(0.9);
  });

  it('reports every step and stops with the reason of its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let steps = 0;
    const training = trainHeads({
      ...settings(engines[0]!),
      steps: 100_000,
      signal: controller.signal,
      onProgress: (done) => {
        steps = done;
        if (done === 5) controller.abort(reason);
      },
    });
    await expect(training).rejects.toBe(reason);
    expect(steps).toBe(5);
  });
});

describe('self-labelling', () => {
  it('keeps or improves a good head and says so', async () => {
    for (const test of engines) {
      const heads = await trainHeads(settings(test));
      const { heads: after, report } = await selfLabel({
        ...(await headToTeach(test, heads, features)),
        ...{ features, neighbors, seed: 1, engine: test.engine },
        epochs: 10,
      });
      expect(report.accepted).toBe(true);
      expect(after.numHeads).toBe(1);
      const probs = await predictProbs(test.engine, after, features);
      expect(accuracy(truth, argmaxRows(probs, numClusters))).toBeGreaterThan(0.95);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    }
  });

  it('gives the head back unchanged when training on its labels spoils it', async () => {
    const test = engines[0]!;
    const heads = await trainHeads({ ...settings(test), steps: 150 });
    const head = selectHead(heads);
    const ruined = { ...features, values: features.values.map((value, i) => (i < 160 * 16 ? value : -value)) };
    const { heads: after, report } = await selfLabel({
      ...(await headToTeach(test, heads, ruined)),
      ...{ features: ruined, neighbors, seed: 1, engine: test.engine },
      ...{ epochs: 60, learningRate: 0.05 },
    });
    expect(report.accepted).toBe(false);
    expect(report.reason).not.toBe('');
    expect(after.weights).toEqual(heads.weights.slice(head * 64, (head + 1) * 64));
  });
});

describe('kmeans', () => {
  it('finds well-separated classes on every engine, the same for the same seed', async () => {
    const vectors = photoVectors(features);
    for (const { engine } of engines) {
      const found = await kmeans({ vectors, numClusters, seed: 1, engine, restarts: 3 });
      expect(accuracy(truth, found.labels)).toBeGreaterThan(0.95);
      expect(await kmeans({ vectors, numClusters, seed: 1, engine, restarts: 3 })).toEqual(found);
    }
  });

  it('makes no more clusters than there are photos', async () => {
    const vectors = photoVectors({ ...features, numViews: 1, numPhotos: 3, values: features.values.slice(0, 48) });
    const found = await kmeans({ vectors, numClusters: 8, seed: 1, engine: engines[0]!.engine });
    expect(new Set(found.labels).size).toBe(3);
    expect(found.inertia).toBeCloseTo(0, 4);
  });
});
