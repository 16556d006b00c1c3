import { expect, it } from 'vitest';

import type { Engine } from '@main/scan/engine/engine';
import { photoVectors } from '@main/scan/pretext/feature-model';
import { predictProbs, selectHead, type Heads } from '@main/scan/clustering/heads/heads';
import { normalizeRows } from '@main/scan/math/matrix';
import { accuracy } from '@main/scan/math/metrics';
import { argmaxRows } from '@main/scan/math/probs';
import { trainHeads } from '@main/scan/clustering/heads/train-heads';
import { mineNeighbors } from '@main/scan/neighbors';

import { openTestEngines } from '../unit/main/scan/engines';
import { syntheticViews } from '../unit/main/scan/synthetic';

const engines = await openTestEngines(['wasm', 'webgpu']);
const hasWebgpu = engines.length === 2;

it.skipIf(!hasWebgpu)('learns on WebGPU what it learns on WebAssembly, bit for bit, and leaks nothing', async () => {
  const numClusters = 4;
  const { views, truth } = syntheticViews({
    numPhotos: 80,
    numViews: 2,
    width: 16,
    numClasses: numClusters,
    nuisance: 0.3,
  });
  normalizeRows(views.values, views.width);
  const [wasm, webgpu] = engines.map(({ engine }) => engine) as [Engine, Engine];
  const neighbors = await mineNeighbors({ vectors: photoVectors(views), numNeighbors: 6, engine: wasm, seed: 1 });
  const train = (engine: Engine): Promise<Heads> =>
    trainHeads({ features: views, neighbors, numClusters, numHeads: 2, steps: 60, seed: 3, engine });
  const heads = await train(wasm);
  expect(await train(webgpu)).toEqual(heads);
  const numTensors = webgpu.tf.memory().numTensors;
  expect(await train(webgpu)).toEqual(heads);
  expect(webgpu.tf.memory().numTensors).toBe(numTensors);
  const probs = await predictProbs(webgpu, heads, views, { head: selectHead(heads) });
  expect(probs).toEqual(await predictProbs(wasm, heads, views, { head: selectHead(heads) }));
  expect(accuracy(truth, argmaxRows(probs, numClusters))).toBeGreaterThan(0.95);
});
