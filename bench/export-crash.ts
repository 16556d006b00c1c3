/**
 * @file Exports killed with SIGKILL at random moments, in every mode, then resumed, checked, undone (killed too) and checked again.
 *
 *   npm run -s bench:export-crash -- --json [--files 5000] [--kills 50] [--size 20000] [--modes copy,move]
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ExportMode, ExportOptions } from '@shared/model/export';

import { exportReport } from '@main/export/export-report';
import type { ExportItem } from '@main/export/export-item';
import { planExport } from '@main/export/plan-export';
import { createRandom, deriveSeed, type Random } from '@shared/random';
import { exportFiles, findExport } from '@main/store/exports';
import { type Db, openDatabase } from '@main/store/open-database';

import { atLeast, atMost, type Bar, numberOption, printBench, textOption } from './report';

const numFiles = numberOption('files', 5000);
const numKills = numberOption('kills', 50);
const sizeBytes = numberOption('size', 20_000);
const modes = (textOption('modes') ?? ExportMode.options.join(',')).split(',').map((mode) => ExportMode.parse(mode));
const seed = numberOption('seed', 1);

const root = mkdtempSync(join(process.env.KINDRED_BENCH_DIR ?? tmpdir(), 'kindred-export-crash-'));
const bars: Bar[] = [];
const details: Record<string, unknown> = {};
try {
  for (const mode of modes) await tryMode(mode);
} finally {
  rmSync(root, { recursive: true, force: true });
}
printBench(bars, { files: numFiles, modes: details });

async function tryMode(mode: ExportMode): Promise<void> {
  const random = createRandom(deriveSeed(seed, mode));
  const home = join(root, mode);
  const library = join(home, 'library');
  const destination = join(home, 'exported');
  const databaseFile = join(home, 'data', 'library.db');
  const items = makeLibrary(library, random);
  mkdirSync(join(destination, 'Beach'), { recursive: true });
  writeFileSync(join(destination, 'Beach', 'mine.txt'), 'mine');
  const originals = tree(library);
  const before = tree(destination);

  const db = openDatabase(databaseFile);
  addPhotos(db, library, items);
  const plan = async (): ReturnType<typeof planExport> =>
    planExport({ db, libraryFolders: [library], items, options: ExportOptions.parse({ destination, mode }) });
  const { id, problems } = await plan();
  if (problems.length > 0) throw new Error(problems.join(' '));

  const start = performance.now();
  const exportKills = await runAndKill([databaseFile, String(id), library, 'export'], random, numKills);
  const seconds = (performance.now() - start) / 1000;
  const report = exportReport(db, id);
  const written = tree(destination);
  const hashByPath = new Map(items.map(({ path, contentHash }) => [path, contentHash]));
  let numWrong = 0;
  for (const file of exportFiles(db, id)) {
    if (written[file.target] !== hashByPath.get(file.path)) numWrong++;
  }
  const left = tree(library);
  const strays = strayNames(written) + strayNames(left);
  const held = new Set([...Object.values(left), ...Object.values(written)]);
  const lost = Object.values(originals).filter((hash) => !held.has(hash));

  let secondBytes = 0;
  if (mode !== 'move') {
    const second = await plan();
    secondBytes = second.sizeBytes + (second.numFiles - second.numUnchanged);
  }
  const undoKills = await runAndKill([databaseFile, String(id), library, 'undo'], random, Math.ceil(numKills / 5));
  const isBack = same(tree(destination), before) && same(tree(library), originals);
  details[mode] = {
    exportKills,
    undoKills,
    seconds,
    state: findExport(db, id)?.state,
    written: report.numWritten,
    failed: report.failed.slice(0, 3),
  };
  db.close();
  bars.push(
    atLeast(`${mode}: times killed`, exportKills, Math.min(numKills, 1)),
    atMost(`${mode}: files missing or different`, numWrong, 0),
    atMost(`${mode}: stray temporary files`, strays, 0),
    atMost(`${mode}: originals lost`, lost.length, 0),
    atMost(`${mode}: bytes of a second export`, secondBytes, 0),
    atMost(`${mode}: trees not as before after undo`, isBack ? 0 : 1, 0),
  );
}

function makeLibrary(library: string, random: Random): ExportItem[] {
  return Array.from({ length: numFiles }, (_, index): ExportItem => {
    const path = `p${index + 1}.jpg`;
    const source = join(library, path);
    mkdirSync(dirname(source), { recursive: true });
    const bytes = Buffer.alloc(sizeBytes, index % 251);
    bytes.writeDoubleLE(random.uniform());
    bytes.writeUInt32LE(index, 8);
    writeFileSync(source, bytes);
    const contentHash = createHash('sha256').update(bytes).digest('hex');
    const folder = ['Beach', 'Hills', 'Städte/2024'][index % 3] as string;
    return { photoId: index + 1, source, path, folder, sizeBytes, contentHash };
  });
}

/** The journal's files belong to photos. */
function addPhotos(db: Db, library: string, items: readonly ExportItem[]): void {
  db.prepare(`INSERT INTO folders (id, path, added_at) VALUES (1, ?, '')`).run(library);
  const insert = db.prepare(
    `INSERT INTO photos (id, folder_id, path, size_bytes, mtime_ms, status) VALUES (?, 1, ?, ?, 0, 'indexed')`,
  );
  db.transaction(() => items.forEach(({ photoId, path }) => insert.run(photoId, path, sizeBytes)))();
}

/** Starts the work again and again, killing it after a random time, until it has been killed often enough; then lets it finish. */
async function runAndKill(args: string[], random: Random, kills: number): Promise<number> {
  let numKilled = 0;
  // A first guess at how long it takes; kills come earlier when it turns out faster.
  let spanMs = 150 + (numFiles * 4) / Math.max(1, kills);
  for (;;) {
    const delayMs = numKilled < kills ? random.uniform() * spanMs : null;
    const ended = await runOnce(args, delayMs);
    if (ended === 'killed') numKilled++;
    else if (numKilled >= kills || delayMs === null) return numKilled;
    else return numKilled;
    spanMs = Math.max(20, spanMs * 0.98);
  }
}

function runOnce(args: string[], delayMs: number | null): Promise<'killed' | 'done'> {
  const child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, 'export-child.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let timer: NodeJS.Timeout | undefined;
  child.stdout.once('data', () => {
    if (delayMs !== null) timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('done');
      else reject(new Error(`The export ended with ${code ?? signal}.`));
    });
  });
}

/** Every file below a folder with its content's hash, links followed; folders too, so that one too many shows. */
function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (at: string, prefix: string): void => {
    for (const name of readdirSync(at)) {
      const path = join(at, name);
      if (lstatSync(path).isDirectory()) {
        found[`${prefix}${name}/`] = 'folder';
        walk(path, `${prefix}${name}/`);
      } else {
        found[prefix + name] = createHash('sha256').update(readFileSync(path)).digest('hex');
      }
    }
  };
  walk(folder, '');
  return found;
}

function same(a: Record<string, string>, b: Record<string, string>): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return left.length === right.length && left.every(([path, hash]) => b[path] === hash);
}

function strayNames(found: Record<string, string>): number {
  return Object.keys(found).filter((path) => path.includes('.kindred-')).length;
}
