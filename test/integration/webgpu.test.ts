import { expect, it } from 'vitest';

import type { Engine } from '@main/ml/engine';
import { photoVectors } from '@main/ml/feature-model';
import { predictProbs, selectHead } from '@main/ml/heads';
import { normalizeRows } from '@main/ml/matrix';
import { accuracy, ari } from '@main/ml/metrics';
import { topLabels } from '@main/ml/self-label';
import { trainHeads } from '@main/ml/train-heads';
import { mineNeighbors } from '@main/neighbors';

import { openTestEngines } from '../unit/main/ml/engines';
import { syntheticViews } from '../unit/main/ml/synthetic';

const engines = await openTestEngines(['wasm', 'webgpu']);
const hasWebgpu = engines.length === 2;

it.skipIf(!hasWebgpu)(
  'finds the same groups on WebGPU as on WebAssembly, twice the same, and leaks nothing',
  async () => {
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
    const train = async (engine: Engine): Promise<Int32Array> => {
      const heads = await trainHeads({
        features: views,
        neighbors,
        numClusters,
        numHeads: 2,
        steps: 60,
        seed: 3,
        engine,
      });
      return topLabels(await predictProbs(engine, heads, views, { head: selectHead(heads) }), numClusters);
    };
    const onWasm = await train(wasm);
    const first = await train(webgpu);
    const numTensors = webgpu.tf.memory().numTensors;
    expect(await train(webgpu)).toEqual(first);
    expect(webgpu.tf.memory().numTensors).toBe(numTensors);
    expect(accuracy(truth, first)).toBeGreaterThan(0.95);
    expect(ari(onWasm, first)).toBeGreaterThan(0.95);
  },
);
