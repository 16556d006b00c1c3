/**
 * @file Whether every engine learns the same from the same seed, and how long each takes from embeddings to groups.
 *
 *   npm run -s bench:agreement -- --json [--sets tiny,things] [--seed 1] [--photos ../shared/photos]
 */
import { join, resolve } from 'node:path';

import { listEngines, openEngineStrictly } from '@main/scan/engine/engine';
import { ari } from '@main/scan/math/metrics';

import { embedFolder, trunkFor } from './quality/embeddings';
import { group, prepare } from './quality/engine-methods';
import { atLeast, atMost, numberOption, printBench, round, textOption, type Bar } from './report';

/** Seconds that `tiny` may take. */
const MAX_SECONDS: Partial<Record<string, number>> = { tensorflow: 60, wasm: 180 };

const sets = (textOption('sets') ?? 'tiny,things').split(',');
const seed = numberOption('seed', 1);
const photosDir = resolve(textOption('photos') ?? join(import.meta.dirname, '..', '..', 'shared', 'photos'));
const engines = await listEngines();
const names = engines.filter(({ available }) => available).map(({ name }) => name);

interface Result {
  set: string;
  engine: string;
  seconds: number;
  groups: number;
  labels: Int32Array;
  confidences: Float32Array;
}

async function learn(set: string, name: (typeof names)[number]): Promise<Result> {
  const folder = join(photosDir, set);
  const { views } = await embedFolder(folder, set, await trunkFor(folder));
  const engine = await openEngineStrictly(name);
  const started = performance.now();
  const grouped = await group(await prepare(views, seed, engine), 'auto');
  const seconds = (performance.now() - started) / 1000;
  engine.dispose();
  console.error(`${set} ${name}: ${grouped.clustering.numGroups} groups after ${round(seconds)} s`);
  const { labels, confidences } = grouped.shown;
  return { set, engine: name, seconds, groups: grouped.clustering.numGroups, labels, confidences };
}

const results: Result[] = [];
const bars: Bar[] = [];
for (const set of sets) {
  for (const name of names) results.push(await learn(set, name));
  const [first, ...others] = results.filter((result) => result.set === set) as [Result, ...Result[]];
  for (const other of others) {
    const pair = `${set}: ${first.engine} and ${other.engine}`;
    bars.push(atLeast(`${pair}, ARI of what is shown`, ari(first.labels, other.labels), 0.95));
    const numEqual = first.confidences.filter((value, photo) => value === other.confidences[photo]).length;
    bars.push(atLeast(`${pair}, share of equal confidences`, numEqual / first.confidences.length, 1));
  }
}
for (const { set, engine, seconds } of results) {
  const limit = MAX_SECONDS[engine];
  if (set === 'tiny' && limit) bars.push(atMost(`tiny: seconds on ${engine}`, seconds, limit));
}
const table = results.map(({ set, engine, seconds, groups }) => ({ set, engine, seconds: round(seconds), groups }));
const skipped = engines.filter(({ available }) => !available).map(({ name, why }) => `${name}: ${why}`);
printBench(bars, { table, skipped });
