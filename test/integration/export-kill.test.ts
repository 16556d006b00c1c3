import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { planExport } from '@main/export/plan-export';
import { findExport } from '@main/store/exports';

import { type ExportBench, makeExportBench } from '../unit/main/export/export-helpers';

const root = join(import.meta.dirname, '../..');

let bench: ExportBench;
afterEach(() => bench.close());

/** Exports or undoes in a process of its own and kills it after `delayMs`. */
function runChild(exportId: number, direction: 'export' | 'undo', delayMs: number | null): Promise<'killed' | 'done'> {
  const child = spawn(
    process.execPath,
    [
      ...['--experimental-transform-types', '--disable-warning=ExperimentalWarning'],
      ...['--import', join(root, 'scripts/run-ts.mjs'), join(root, 'bench/export-child.ts')],
      ...[bench.databaseFile, String(exportId), bench.library, direction],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child.stdout.once('data', () => {
    if (delayMs !== null) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0) resolve('done');
      else reject(new Error(`ended with ${code ?? signal}`));
    });
  });
}

it.each(['copy', 'move'] as const)(
  'a %s that is killed again and again ends whole, and so does its undo',
  async (mode) => {
    bench = makeExportBench(120, 3000);
    const originals = bench.tree(bench.library);
    const { id } = await planExport({
      db: bench.db,
      libraryFolders: [bench.library],
      items: bench.items,
      options: bench.options({ mode }),
    });
    for (const delayMs of [3, 40, 90, 20, null]) {
      if ((await runChild(id, 'export', delayMs)) === 'done') break;
    }
    expect(findExport(bench.db, id)!.state).toBe('done');
    const hashes = Object.values(originals).sort();
    expect(Object.values(bench.tree(bench.destination)).sort()).toEqual(hashes);
    expect(Object.values(bench.tree(bench.library)).sort()).toEqual(mode === 'move' ? [] : hashes);
    for (const delayMs of [5, 50, null]) {
      if ((await runChild(id, 'undo', delayMs)) === 'done') break;
    }
    expect(bench.tree(bench.destination)).toEqual({});
    expect(bench.tree(bench.library)).toEqual(originals);
  },
  60_000,
);
