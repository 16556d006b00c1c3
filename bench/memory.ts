/**
 * @file The memory of a run: the program's own worker over a library of 50,000 photos whose embeddings are there already (mixtures of
 * normal distributions in the width of the trunk that comes with the program, as many views as it takes at that size) and some
 * 12-megapixel files that are new, so that the trunk and the decoders have worked before the draft and the learning come. Its
 * resident memory is read ten times a second; Linux only.
 *
 *   npm run -s bench:memory -- --json [--photos 50000] [--new 2050] [--seed 1]
 */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { OpenLibrary } from '@main/host/open-library';
import { forkWorker } from '@main/processes/fork-worker';
import { openStore } from '@main/store/store';
import { databaseFile } from '@main/library-paths';

import { makeEmbeddedLibrary } from './generated-embeddings';
import { makeLargePhotos } from './large-photos';
import { atMost, numberOption, printBench, round } from './report';

const root = join(import.meta.dirname, '..');
const numPhotos = numberOption('photos', 50_000);
const seed = numberOption('seed', 1);
const numNew = numberOption('new', 2050);
const cache = join(root, '.cache', 'bench');
const libraryDir = join(cache, `memory-${numPhotos}`);
const MAX_MB = 1024;
const SAMPLE_MS = 100;

rmSync(libraryDir, { recursive: true, force: true });
makeEmbeddedLibrary({ libraryDir, numPhotos, seed });
const newFolder = join(cache, `memory-new-${numNew}`);
await makeLargePhotos(newFolder, numNew);
let activity = 'starting';
/** The most resident memory seen during each activity, MB. */
const mostMb: Record<string, number> = {};
const begunMs = performance.now();
const begun: Record<string, number> = {};
const library = new OpenLibrary({
  libraryDir,
  folders: [newFolder],
  spawnWorker: () => forkWorker(join(root, 'src/main/run/worker.ts'), (text) => console.error(text)),
  trunksDirs: [join(root, 'resources', 'trunks')],
  onProgress: (progress) => {
    activity = `${progress.stage}: ${progress.activity}`;
    begun[activity] ??= round((performance.now() - begunMs) / 1000);
  },
  onChanged: () => undefined,
  onExportProgress: () => undefined,
  onLog: (level, message) => level !== 'info' && console.error(level, message),
});
library.startRun({ seed });
let peakMb = 0;
const sampler = setInterval(() => {
  const memory = memoryOfWorker();
  if (!memory) return;
  mostMb[activity] = Math.max(mostMb[activity] ?? 0, memory.nowMb);
  peakMb = Math.max(peakMb, memory.peakMb);
}, SAMPLE_MS);
const end = await library.waitForRun();
clearInterval(sampler);
await library.close();
if (end?.state !== 'done') throw new Error(`The run ended ${end?.state}: ${end?.message}`);
const { groups, verdict, hash } = outcome();
printBench([atMost('peak memory of the worker (VmHWM), MB', peakMb, MAX_MB)], {
  ...{ numPhotos, groups, verdict, seconds: round((performance.now() - begunMs) / 1000), mostMb, begun },
  outcome: hash,
});

/** What the worker, the only child, holds now and held at most. */
function memoryOfWorker(): { nowMb: number; peakMb: number } | null {
  try {
    const pid = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')[0] ?? '';
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    if (!status.includes('VmRSS')) return null;
    const read = (name: string): number =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
    return { nowMb: read('VmRSS'), peakMb: read('VmHWM') };
  } catch {
    // It has just ended.
    return null;
  }
}

/** The groups found and a hash of where every photo is, to the last digit: equal hash, equal outcome. */
function outcome(): { groups: number; verdict: string; hash: string } {
  const store = openStore(databaseFile(libraryDir));
  try {
    const order = new Map<string, number>();
    const rows = store.db
      .prepare<[], { group_id: string | null; confidence: number; typicality: number; leaf: number | null }>(
        'SELECT group_id, confidence, typicality, leaf FROM placements ORDER BY run_id, photo_id',
      )
      .all();
    const hash = createHash('sha256');
    for (const { group_id: id, ...rest } of rows) {
      if (id !== null && !order.has(id)) order.set(id, order.size);
      hash.update(JSON.stringify([id === null ? -1 : order.get(id), rest]));
    }
    return {
      groups: order.size,
      verdict: store.runs.report(store.runs.latest()!).findings.join(' '),
      hash: hash.digest('hex').slice(0, 16),
    };
  } finally {
    store.close();
  }
}
