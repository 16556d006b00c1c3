/**
 * @file Thousands of damaged files read as the pipeline reads them: none may bring the host down, hang, or be neither shown nor listed.
 * A crash of native code costs its process; the files that were open are then read one by one, and the guilty one is marked.
 *
 *   npm run -s bench:mutated -- --json [--files 10000] [--samples FOLDER] [--seed 1]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { decoderEnv } from '@main/processes/decoder-env';
import { walkFolder } from '@main/images/walk-folder';
import { createRandom, deriveSeed } from '@shared/random';

import { mutate } from './mutations';
import { atMost, median, numberOption, printBench, textOption } from './report';

const numFiles = numberOption('files', 10_000);
const seed = numberOption('seed', 1);
const samplesRoot = textOption('samples') ?? join(import.meta.dirname, '..', '..', 'shared', 'photos');
const HANG_MS = 20_000;
const CHUNK = 250;

interface Told {
  id?: number;
  what: 'ready' | 'start' | 'shown' | 'listed' | 'end';
  problem?: string;
  message?: string;
  note?: string | null;
  rss?: number;
}

const root = mkdtempSync(join(tmpdir(), 'kindred-mutated-'));
const thumbnails = join(root, 'thumbnails');
mkdirSync(thumbnails);
const samples = await findSamples();
const outcomes: Record<string, number> = {};
const reasons: Record<string, number> = {};
const memory: number[] = [];
const guilty: string[] = [];
let numUnaccounted = 0;
let numRestarts = 0;
let longestMs = 0;
let slowest = '';
let child = null as ChildProcess | null;

const start = performance.now();
try {
  for (let from = 0; from < numFiles; from += CHUNK) {
    const paths = writeChunk(from, Math.min(CHUNK, numFiles - from));
    await readAll(paths);
    for (const path of paths) rmSync(path);
    if (!process.argv.includes('--json')) console.error(`${from + paths.length} of ${numFiles}`, outcomes);
  }
} finally {
  child?.kill();
  rmSync(root, { recursive: true, force: true });
}

// By a third of the way every sample was damaged in thirty ways, and every decoder has seen its worst.
const fifth = Math.ceil(memory.length / 5);
const level = median(memory.slice(Math.floor(memory.length / 3)).slice(0, fifth));
const end = median(memory.slice(-fifth));
printBench(
  [
    atMost('files neither shown nor listed', numUnaccounted, 0),
    atMost('longest time on one file, s', longestMs / 1000, HANG_MS / 1000),
    atMost('memory at the end, times its level after a third', end / level, 1.1),
  ],
  {
    files: numFiles,
    samples: samples.length,
    seconds: (performance.now() - start) / 1000,
    outcomes,
    reasons,
    numRestarts,
    guilty,
    slowest,
    memoryMb: memory.map((rss) => Math.round(rss / 1e6)),
  },
);

async function findSamples(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['cameras', 'formats']) {
    for await (const { path } of walkFolder(join(samplesRoot, folder))) found.push(join(samplesRoot, folder, path));
  }
  return found;
}

function writeChunk(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const random = createRandom(deriveSeed(seed, 'mutation', index));
    // Every sample in turn: each is damaged about a hundred times.
    const sample = samples[index % samples.length] as string;
    const { how, bytes } = mutate(readFileSync(sample), random);
    const path = join(root, `${index}-${how.replaceAll(' ', '-')}-${basename(sample)}`);
    writeFileSync(path, bytes);
    return path;
  });
}

/** Reads a chunk in one process; after a crash, what was open one by one in a process each, the rest as before. */
async function readAll(paths: readonly string[]): Promise<void> {
  const { done, open } = await readSome(paths, 8);
  for (const path of open) {
    const alone = await readSome([path], 1);
    if (alone.done.size > 0) continue;
    guilty.push(basename(path));
    count(outcomes, 'crashed, marked');
  }
  const rest = paths.filter((path) => !done.has(path) && !open.has(path));
  if (open.size > 0 && rest.length > 0) await readAll(rest);
  else numUnaccounted += rest.length;
}

function readSome(paths: readonly string[], numInFlight: number): Promise<{ done: Set<string>; open: Set<string> }> {
  const done = new Set<string>();
  const startedAt = new Map<string, number>();
  const process_ = numInFlight === 1 ? startChild(1) : (child ??= startChild(numInFlight));
  return new Promise((resolve) => {
    const finish = (): void => {
      clearInterval(watch);
      process_.removeAllListeners();
      if (numInFlight === 1) process_.kill();
      resolve({ done, open: new Set(startedAt.keys()) });
    };
    const watch = setInterval(() => {
      const oldest = Math.min(...startedAt.values());
      if (performance.now() - oldest > 3 * HANG_MS) process_.kill('SIGKILL');
    }, 1000);
    process_.on('message', ({ id = -1, what, problem, note, rss }: Told) => {
      const path = paths[id] ?? '';
      if (what === 'start') startedAt.set(path, performance.now());
      if (what === 'shown' || what === 'listed') {
        noteTime(path, performance.now() - (startedAt.get(path) ?? 0));
        startedAt.delete(path);
        done.add(path);
        count(outcomes, what === 'listed' ? 'listed' : note ? 'shown with a note' : 'shown');
        if (problem) count(reasons, problem);
      }
      if (what === 'end') {
        if (rss && numInFlight > 1) memory.push(rss);
        finish();
      }
    });
    process_.on('exit', () => {
      numRestarts++;
      if (child === process_) child = null;
      finish();
    });
    process_.send(paths);
  });
}

function startChild(numInFlight: number): ChildProcess {
  return fork(join(import.meta.dirname, 'mutated-child.ts'), [thumbnails, String(numInFlight)], {
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    env: decoderEnv(),
  });
}

function noteTime(path: string, ms: number): void {
  if (ms <= longestMs) return;
  longestMs = ms;
  slowest = basename(path);
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
