/**
 * @file Speed of the head training on every engine present, and beside it the same step in PyTorch on the same cores.
 *
 *   npm run -s bench:engine -- --json [--rounds 4] [--python /path/to/python-with-torch]
 *
 * Against a busy machine, engines and PyTorch are measured in turns, and the best ten steps in a row count.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { listEngines, measureGflops, openEngineStrictly, type Engine } from '@main/scan/engine/engine';
import { createViewSet, normalizeRows, type ViewSet } from '@main/scan/math/matrix';
import type { NeighborLists } from '@main/scan/neighbors/neighbor-lists';
import { createRandom, normalValues } from '@shared/random';
import { trainHeads } from '@main/scan/clustering/heads/train-heads';

import { atLeast, numberOption, printBench, round, textOption, type Bar } from './report';

interface Setting {
  numClusters: number;
  batch: number;
}

const numRounds = numberOption('rounds', 4);
const width = 256;
const numHeads = 10;
const middle: Setting = { numClusters: 57, batch: 512 };
const settings: Setting[] = [{ numClusters: 10, batch: 512 }, middle, { numClusters: 186, batch: 2048 }];
const random = createRandom(1);
const features = randomFeatures(5, 4000);
const neighbors = randomNeighbors(4000, 20);

function randomFeatures(numViews: number, numPhotos: number): ViewSet {
  const values = normalizeRows(normalValues(random, numViews * numPhotos * width), width);
  return createViewSet(numViews, numPhotos, width, values);
}

function randomNeighbors(numPhotos: number, numNeighbors: number): NeighborLists {
  const indices = Int32Array.from({ length: numPhotos * numNeighbors }, () => random.int(numPhotos));
  return { numPhotos, numNeighbors, indices, similarities: new Float32Array(indices.length).fill(0.5) };
}

/** Steps a second over the best ten steps in a row of one short training. */
async function measureTraining(engine: Engine, { numClusters, batch }: Setting): Promise<number> {
  const steps = batch > 1000 ? 40 : 200;
  const times: number[] = [performance.now()];
  await trainHeads({
    ...{ features, neighbors, numClusters, numHeads, batch, steps, engine, seed: 1 },
    onProgress: () => times.push(performance.now()),
  });
  const run = Math.min(10, steps - 2);
  let best = Infinity;
  for (let end = run + 2; end < times.length; end++) best = Math.min(best, times[end]! - times[end - run]!);
  return (run * 1000) / best;
}

/** The same step in PyTorch, or undefined where it is not installed. */
function measurePytorch(python: string, { numClusters, batch }: Setting): number | undefined {
  try {
    const script = join(import.meta.dirname, 'pytorch-step.py');
    const args = [script, numHeads, width, numClusters, batch].map(String);
    return Number(execFileSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

const python = textOption('python') ?? process.env.KINDRED_TORCH_PYTHON ?? 'python3';
const engines = await listEngines();
const names = engines.filter(({ available }) => available).map(({ name }) => name);
const stepsPerSecond: Record<string, Record<string, number>> = {};
const gflops: Record<string, number> = {};
const keep = (setting: Setting, name: string, value: number): void => {
  const row = (stepsPerSecond[`C ${setting.numClusters}, B ${setting.batch}`] ??= {});
  row[name] = round(Math.max(row[name] ?? 0, value));
};
const seen = (name: string): number | undefined => stepsPerSecond[`C ${middle.numClusters}, B ${middle.batch}`]?.[name];

for (let roundIndex = 0; roundIndex < numRounds; roundIndex++) {
  for (const setting of roundIndex === 0 ? settings : [middle]) {
    const torch = measurePytorch(python, setting);
    if (torch !== undefined) keep(setting, 'pytorch', torch);
    for (const name of names) {
      const engine = await openEngineStrictly(name);
      gflops[name] = round(Math.max(gflops[name] ?? 0, await measureGflops(engine, 3)));
      keep(setting, name, await measureTraining(engine, setting));
      engine.dispose();
    }
  }
}

const bars: Bar[] = [atLeast('wasm steps/s at 10 heads, D 256, C 57, B 512', seen('wasm') ?? 0, 12)];
const [native, torch] = [seen('tensorflow'), seen('pytorch')];
if (native !== undefined && torch !== undefined) {
  bars.push(atLeast('tensorflow steps/s over PyTorch steps/s, same size and cores', native / torch, 0.7));
}
const skipped = [
  ...engines.filter(({ available }) => !available).map(({ name, why }) => `${name}: ${why}`),
  ...(torch === undefined ? [`pytorch: ${python} has no torch; name one with --python`] : []),
];
printBench(bars, { stepsPerSecond, gflops, skipped });
