/**
 * @file Speed of the reading side on 12-megapixel JPEGs: the one-view pass (hash, metadata, thumbnail, view 0) against the floors of its
 * parts, each measured alone in the same run and, against a busy machine, in turns with it; then the further views.
 *
 *   npm run -s bench:throughput -- --json [--photos 96] [--rounds 3] [--views 5] [--threads 6] [--batch 1] [--in-flight 12]
 *     [--fastdup PYTHON]
 *
 * `--threads` shows what memory a machine with more cores would take, not how fast it would be.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';

import { chooseBatchSize, DEFAULT_IN_FLIGHT, embedPhotos, indexPhotos } from '@main/run/embed-photos';
import { openTrunkFolder } from '@main/trunks/trunk-folder';
import { writeView } from '@main/images/views';
import { DEFAULT_TRUNK } from '@shared/model/run';

import { makeLargePhotos } from './large-photos';
import { atLeast, atMost, median, numberOption, printBench, round, textOption } from './report';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const numPhotos = numberOption('photos', 96);
const numRounds = numberOption('rounds', 3);
const numViews = numberOption('views', 5);
const numInFlight = numberOption('in-flight', DEFAULT_IN_FLIGHT);

const files = await makeLargePhotos(join(cache, 'large-photos'), numPhotos);
const thumbs = join(cache, 'thumbnails');
rmSync(thumbs, { recursive: true, force: true });
mkdirSync(thumbs, { recursive: true });
const numThreads = numberOption('threads', 0) || undefined;
const trunk = await openTrunkFolder(join(root, 'resources', 'trunks', DEFAULT_TRUNK), { numThreads });
const batchSize = numberOption('batch', chooseBatchSize(trunk));
const { size, width } = trunk.description;
const smallPictures = await Promise.all(files.slice(0, 16).map((file) => decode(file)));
const pixels = new Float32Array(batchSize * 3 * size * size).fill(0.1);
const small = { width: 341, height: 256 };

function decode(file: string): Promise<Buffer> {
  return sharp(file).autoOrient().resize({ width: 341, height: 256, fit: 'fill' }).raw().toBuffer();
}

async function parallel(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

/** Seconds for all photos. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const parts: Record<string, () => Promise<unknown>> = {
  'decode alone': () => parallel(numPhotos, (index) => decode(files[index] as string)),
  'thumbnail alone': () =>
    parallel(numPhotos, (index) =>
      sharp(smallPictures[index % 16] as Buffer, { raw: { ...small, channels: 3 } })
        .jpeg({ quality: 82 })
        .toBuffer(),
    ),
  'trunk alone': async () => {
    for (let done = 0; done < numPhotos; done += batchSize) await trunk.embed(pixels);
  },
  'one view': async () => {
    await indexPhotos({
      photos: files.map((absolutePath, id) => ({ id, absolutePath })),
      trunk,
      seed: 1,
      batchSize,
      numInFlight,
      thumbnailPath: (hash) => join(thumbs, `${hash}.jpg`),
      onPhoto: (id, facts) => (hashById[id] = facts.contentHash),
      onFailure: (id, error) => {
        throw new Error(`${files[id]}: ${error.message}`);
      },
    });
  },
  'further views': () =>
    embedPhotos({
      photos: files.map((absolutePath, id) => {
        const contentHash = hashById[id] as string;
        return { id, absolutePath, contentHash, thumbnailPath: join(thumbs, `${contentHash}.jpg`) };
      }),
      views: Array.from({ length: numViews - 1 }, (_, view) => view + 1),
      trunk,
      seed: 1,
      batchSize,
      numInFlight,
      onPhoto: () => undefined,
      onFailure: (id, error) => {
        throw new Error(`${files[id]}: ${error.message}`);
      },
    }),
  'cutting one view': async () => {
    const data = smallPictures[0] as Buffer;
    for (let i = 0; i < numPhotos; i++) {
      writeView({ ...small, data }, 1 + i, { contentHash: 'x', seed: 1 }, trunk.description, pixels, 0);
    }
  },
  'reading files': () => parallel(numPhotos, (index) => readFile(files[index] as string)),
};
const hashById: string[] = [];
const secondsByPart: Record<string, number[]> = {};
/** Processor time a photo, over all cores: says what a busy machine's seconds hide. */
const cpuMsByPart: Record<string, number[]> = {};
for (const work of Object.values(parts)) await work();
for (let turn = 0; turn < numRounds; turn++) {
  for (const [name, work] of Object.entries(parts)) {
    const before = process.cpuUsage();
    (secondsByPart[name] ??= []).push(await timed(work));
    const { user, system } = process.cpuUsage(before);
    (cpuMsByPart[name] ??= []).push((user + system) / 1000 / numPhotos);
  }
}
await trunk.dispose();

/** The same files through fastdup, where it was installed for the comparison (see throughput-fastdup.py). */
function runFastdup(): number | null {
  const python = textOption('fastdup') ?? join(root, '.cache', 'fastdup', 'bin', 'python');
  if (!existsSync(python)) return null;
  const script = join(import.meta.dirname, 'throughput-fastdup.py');
  const { stdout, status } = spawnSync(python, [script, join(cache, 'large-photos'), String(numPhotos)], {
    encoding: 'utf8',
  });
  const json = stdout.slice(stdout.lastIndexOf('{'));
  return status === 0 ? (JSON.parse(json) as { photosPerSecond: number }).photosPerSecond : null;
}
const fastdup = runFastdup();

const seconds = (name: string): number => median(secondsByPart[name] ?? []);
const floor = seconds('decode alone') + seconds('thumbnail alone') + seconds('trunk alone');
printBench(
  [
    atLeast('one-view pass, share of 1/Σ(1/floor)', floor / seconds('one view'), 0.85),
    atMost(
      'all views, times the one-view pass',
      (seconds('one view') + seconds('further views')) / seconds('one view'),
      3,
    ),
    ...(fastdup === null
      ? []
      : [atLeast('photos/s, times those of fastdup', numPhotos / seconds('one view') / fastdup, 2)]),
  ],
  {
    photos: numPhotos,
    fastdup: fastdup ?? 'not installed, not compared',
    features: width,
    views: numViews,
    photosPerSecond: Object.fromEntries(Object.keys(parts).map((name) => [name, round(numPhotos / seconds(name))])),
    cpuMsPerPhoto: Object.fromEntries(
      Object.entries(cpuMsByPart).map(([name, values]) => [name, round(median(values))]),
    ),
    rounds: secondsByPart,
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  },
);
