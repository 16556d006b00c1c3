/**
 * @file The eight-bit forms of the bundled trunks against the float ones: speed, likeness of features, neighbours and groups.
 *
 *   npm run -s bench:eight-bit -- --json [--scans 10] [--photos ../shared/photos]
 */
import { join, resolve } from 'node:path';

import { openEngine } from '@main/scan/engine/engine';
import { normalizeRows, viewMatrix } from '@main/scan/math/matrix';
import { ari } from '@main/scan/math/metrics';
import { mineNeighbors } from '@main/scan/neighbors/index';
import { DEFAULT_TRUNK, inEightBits, QUICK_TRUNK } from '@shared/model/run';

import { tryForms } from './eight-bit-forms';
import { embedFolder, type LabelledViews } from './quality/embeddings';
import { group, prepare } from './quality/engine-methods';
import { atLeast, atMost, numberOption, printBench, round, textOption, type Bar } from './report';

const NUM_NEIGHBORS = 10;
const root = join(import.meta.dirname, '..');
const numScans = numberOption('scans', 10);
const photos = join(resolve(textOption('photos') ?? join(root, '..', 'shared', 'photos')), 'things');
const engine = await openEngine('auto');
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Share of neighbours of the same class, on the canonical view. */
async function purityOf({ views, truth }: LabelledViews): Promise<number> {
  const view = viewMatrix(views, 0);
  const vectors = { ...view, values: normalizeRows(view.values.slice(), view.columns) };
  const { indices } = await mineNeighbors({ vectors, numNeighbors: NUM_NEIGHBORS, engine, seed: 1 });
  return mean(Array.from(indices, (other, at) => Number(truth[other] === truth[Math.floor(at / NUM_NEIGHBORS)])));
}

/** Cosine of each photo's features under two forms. */
function cosinesOf(one: LabelledViews, two: LabelledViews): number[] {
  const [a, b] = [one, two].map(({ views }) => {
    const view = viewMatrix(views, 0);
    return { ...view, values: normalizeRows(view.values.slice(), view.columns) };
  });
  return Array.from({ length: a!.rows }, (_, photo) => {
    let product = 0;
    for (let at = photo * a!.columns; at < (photo + 1) * a!.columns; at++) product += a!.values[at]! * b!.values[at]!;
    return product;
  });
}

async function scan({ views, truth }: LabelledViews): Promise<number[]> {
  const found: number[] = [];
  for (let seed = 1; seed <= numScans; seed++) {
    found.push(ari(truth, (await group(await prepare(views, seed, engine), 'auto')).refined));
  }
  return found;
}

const bars: Bar[] = [];
const details: Record<string, unknown> = {};
for (const id of [QUICK_TRUNK, DEFAULT_TRUNK]) {
  const folder = (name: string): string => join(root, 'resources', 'trunks', name);
  const { ratio, leastCosine } = await tryForms(folder(id), folder(inEightBits(id)));
  const float = await embedFolder(photos, 'things', id);
  const eightBit = await embedFolder(photos, 'things', inEightBits(id));
  const cosines = cosinesOf(float, eightBit);
  const purity = [await purityOf(float), await purityOf(eightBit)];
  const aris = [await scan(float), await scan(eightBit)];
  details[id] = {
    ...{ ratio: round(ratio), leastCosineOfMade: round(leastCosine), leastCosine: round(Math.min(...cosines)) },
    ...{ purity: purity.map(round), aris },
  };
  bars.push(atLeast(`${id}: times as fast in eight bits`, ratio, 2));
  bars.push(atLeast(`${id}: mean cosine`, mean(cosines), 0.99));
  bars.push(atMost(`${id}: purity lost`, purity[0]! - purity[1]!, 0.01));
  bars.push(atMost(`${id}: ARI, difference of ${numScans} scans`, Math.abs(mean(aris[0]!) - mean(aris[1]!)), 0.01));
}
printBench(bars, { engine: engine.name, ...details });
