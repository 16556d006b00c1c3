import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { databaseFile } from '@main/library-paths';
import { runPipeline } from '@main/run/run-pipeline';
import { openStore } from '@main/store/store';
import type { RunId } from '@shared/model/ids';
import { RunOptions } from '@shared/model/run';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { temporaryFolder } from '../helpers/temporary-folder';

/** Uses until the device is lost; null: never. */
let numCallsLeft: number | null = null;

vi.mock('@main/scan/engine/engine', async (importOriginal) => {
  const real = await importOriginal<typeof import('@main/scan/engine/engine')>();
  return {
    ...real,
    openEngine: async (...args: Parameters<typeof real.openEngine>) => {
      const engine = await real.openEngine(...args);
      const isDoomed = numCallsLeft !== null && engine.name !== 'wasm';
      const tf = new Proxy(engine.tf, {
        get(target, key) {
          if (isDoomed && key === 'matMul' && --numCallsLeft! < 0) throw new Error('The device was lost.');
          return Reflect.get(target, key) as unknown;
        },
      });
      return { ...engine, tf };
    },
  };
});
const { openEngine } = await import('@main/scan/engine/engine');
const fastest = await openEngine();
fastest.dispose();

async function run(folder: string): Promise<{ labels: (string | null)[]; findings: string[]; engine: string }> {
  const libraryDir = temporaryFolder();
  const store = openStore(databaseFile(libraryDir));
  store.library.addFolder(folder);
  const runId = store.runs.create(RunOptions.parse({})) as RunId;
  await runPipeline({
    store,
    libraryDir,
    runId,
    trunksDirs: [join(import.meta.dirname, '../../resources/trunks')],
    signal: new AbortController().signal,
    send: () => undefined,
  });
  const labels = store.db
    .prepare<[], { group_id: string | null }>('SELECT group_id FROM memberships ORDER BY photo_id')
    .all()
    .map((row) => row.group_id);
  const { findings, engine } = store.runs.report(runId);
  store.close();
  return { labels, findings, engine };
}

function numbered(labels: (string | null)[]): Int32Array {
  const kinds = [...new Set(labels)];
  return Int32Array.from(labels, (label) => kinds.indexOf(label));
}

it.skipIf(fastest.name === 'wasm')('goes on with the next engine when one fails in the middle of a run', async () => {
  const folder = temporaryFolder();
  await writeGeneratedLibrary(folder, { classes: 3, perClass: 24, seed: 21 });
  const undisturbed = await run(folder);
  numCallsLeft = 12;
  const disturbed = await run(folder);
  expect(undisturbed.engine).toBe(fastest.name);
  expect(disturbed.engine).not.toBe(fastest.name);
  expect(disturbed.findings.join(' ')).toMatch(/failed in the middle of the run; \w+ went on/);
  expect(new Set(undisturbed.labels).size).toBeGreaterThan(2);
  expect(numbered(disturbed.labels)).toEqual(numbered(undisturbed.labels));
});
