/**
 * @file Whether the fifty-thousandth photo costs what the first did: the program's own worker reads libraries of growing size (facts,
 * thumbnail, first view, all written to the database), and its processor time a photo and its memory are noted every thousand photos.
 * Each file has a content of its own. Reads /proc, so it runs on Linux.
 *
 *   npm run -s bench:growth -- --json [--sizes 1000,10000,50000] [--width 1280]
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { OpenLibrary } from '@main/host/open-library';
import { forkWorker } from '@main/processes/fork-worker';
import type { RunProgress } from '@shared/model/run';

import { writeGeneratedLibrary } from '../test/helpers/generated-pictures';
import { withComment } from './large-photos';
import { atMost, median, numberOption, printBench, round, textOption } from './report';

interface Sample {
  done: number;
  /** Since the sample before. */
  cpuMsPerPhoto: number;
  wallMsPerPhoto: number;
  memoryMb: number;
}

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'bench');
const sizes = (textOption('sizes') ?? '1000,10000,50000').split(',').map(Number);
const width = numberOption('width', 1280);
const STEP = 1000;
const TICK_MS = 10;

const runs: { numPhotos: number; cpuMsPerPhoto: number; wallMsPerPhoto: number; samples: Sample[] }[] = [];
for (const numPhotos of sizes) runs.push(await grow(numPhotos));

const [first] = runs;
const largest = runs.at(-1);
if (!first || !largest) throw new Error('No sizes were given.');
const afterFirst = largest.samples.slice(1).map(({ memoryMb }) => memoryMb);
printBench(
  [
    ...runs
      .slice(1)
      .map((run) =>
        atMost(
          `processor time a photo, ${run.numPhotos} times ${first.numPhotos}`,
          run.cpuMsPerPhoto / first.cpuMsPerPhoto,
          1.15,
        ),
      ),
    atMost(
      `memory, last fifth of ${largest.numPhotos} times the second thousand to the first fifth`,
      median(afterFirst.slice(-Math.ceil(afterFirst.length / 5))) /
        median(afterFirst.slice(0, Math.ceil(afterFirst.length / 5))),
      1.1,
    ),
  ],
  { width, runs },
);

/** Reads a library of so many photos for the first time, and stops when every photo has its first view. */
async function grow(numPhotos: number): Promise<(typeof runs)[number]> {
  const folder = await makePhotos(numPhotos);
  const libraryDir = join(cache, 'growth-library');
  rmSync(libraryDir, { recursive: true, force: true });
  const samples: Sample[] = [];
  let start: { cpuMs: number; atMs: number } | null = null;
  let last = { done: 0, cpuMs: 0, atMs: 0 };
  let used = { cpuMs: 0, atMs: 0, memoryMb: 0 };
  const { promise: isOver, resolve: end } = Promise.withResolvers<void>();

  const onProgress = ({ activity, done, stage, state }: RunProgress): void => {
    if (stage !== 'embed' || state !== 'running' || last.done >= numPhotos) return;
    // What comes after reading may be a process of its own.
    const isReading = activity === 'Reading photos';
    if (start === null && !isReading) return;
    if (isReading) used = usage();
    const now = { done: isReading ? done : numPhotos, ...used };
    start ??= ((last = now), now);
    if (Math.floor(now.done / STEP) > Math.floor(last.done / STEP)) {
      const count = now.done - last.done;
      const sample = {
        done: now.done,
        cpuMsPerPhoto: round((now.cpuMs - last.cpuMs) / count),
        wallMsPerPhoto: round((now.atMs - last.atMs) / count),
        memoryMb: Math.round(now.memoryMb),
      };
      samples.push(sample);
      if (!process.argv.includes('--json')) console.error(numPhotos, sample);
      last = now;
    }
    if (now.done >= numPhotos) end();
  };
  const library = new OpenLibrary({
    libraryDir,
    folders: [folder],
    spawnWorker: () => forkWorker(join(root, 'src/main/run/worker.ts'), (text) => console.error(text)),
    trunksDirs: [join(root, 'resources', 'trunks')],
    onProgress,
    onChanged: () => undefined,
    onExportProgress: () => undefined,
    onLog: (level, message) => console.error(level, message),
  });
  library.startRun({});
  const failed = library.waitForRun().then((run) => {
    throw new Error(run?.message ?? 'The run ended early.');
  });
  await Promise.race([isOver, failed]);
  failed.catch(() => undefined);
  const begun = start as unknown as { cpuMs: number; atMs: number };
  library.stopRun('cancelled');
  await library.close();
  return {
    numPhotos,
    cpuMsPerPhoto: round((last.cpuMs - begun.cpuMs) / numPhotos),
    wallMsPerPhoto: round((last.atMs - begun.atMs) / numPhotos),
    samples,
  };
}

/** What the worker, the only child, has used so far; all of its threads. */
function usage(): { cpuMs: number; atMs: number; memoryMb: number } {
  const pid = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')[0] ?? '';
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const kb = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    atMs: performance.now(),
    memoryMb: kb / 1024,
  };
}

/** A folder of so many different files, a thousand to a subfolder, made once. */
async function makePhotos(numPhotos: number): Promise<string> {
  const drawn = join(cache, `drawn-${width}`);
  const options = { classes: 8, perClass: 6, seed: 1, width, height: Math.round(width * 0.75) };
  const bytes = (await writeGeneratedLibrary(drawn, options)).map(({ path }) => readFileSync(join(drawn, path)));
  const folder = join(cache, `growth-${width}-${numPhotos}`);
  for (let index = 0; index < numPhotos; index++) {
    const part = join(folder, String(Math.floor(index / 1000)).padStart(3, '0'));
    if (index % 1000 === 0) mkdirSync(part, { recursive: true });
    const file = join(part, `photo-${index}.jpg`);
    if (!existsSync(file)) writeFileSync(file, withComment(bytes[index % bytes.length] as Buffer, `photo ${index}`));
  }
  return folder;
}
