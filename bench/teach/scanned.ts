/** @file Libraries that were scanned and learned once, kept in `.cache/bench/teach`, and copies of them to work on. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundledTrunksDir } from '@main/paths';
import { runPipeline } from '@main/run/run-pipeline';
import { openStore, type Store } from '@main/store/store';
import { RunOptions } from '@shared/model/run';
import type { RunId } from '@shared/model/ids';

const cacheDir = join(import.meta.dirname, '..', '..', '.cache', 'bench', 'teach');

/** Runs the whole pipeline on an open library, in this process. */
export async function learn(store: Store, libraryDir: string, options: Partial<RunOptions>): Promise<number> {
  const runId = store.runs.create(RunOptions.parse(options)) as RunId;
  await runPipeline({
    ...{ store, libraryDir, runId },
    trunksDirs: [bundledTrunksDir()],
    signal: new AbortController().signal,
    send: () => undefined,
  });
  store.runs.setState(runId, 'done');
  return runId;
}

/** A library of a folder, learned with a seed: made once, then copied. */
export async function scannedLibrary(folder: string, name: string, seed: number, numViews: number): Promise<Library> {
  const base = join(cacheDir, name);
  const kept = join(cacheDir, `${name}-seed-${seed}-views-${numViews}.sqlite`);
  if (!existsSync(kept)) {
    mkdirSync(base, { recursive: true });
    const store = openStore(join(base, 'library.sqlite'));
    store.library.addFolder(folder);
    await learn(store, base, { seed, numViews, relearn: true });
    store.db.exec(`VACUUM INTO '${kept}.part'`);
    store.close();
    renameSync(`${kept}.part`, kept);
  }
  return copyLibrary(kept);
}

export interface Library {
  store: Store;
  dir: string;
  close: () => void;
}

function copyLibrary(kept: string): Library {
  const dir = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
  copyFileSync(kept, join(dir, 'library.sqlite'));
  const store = openStore(join(dir, 'library.sqlite'));
  store.db.pragma('synchronous = OFF');
  const close = (): void => {
    store.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { store, dir, close };
}

/** The folder that each shown photo lies in is its hidden class. */
export function truthByPhotoId(store: Store): Map<number, string> {
  return new Map(store.photos.toCluster().map(({ id, path }) => [id, path.split('/')[0]!]));
}
