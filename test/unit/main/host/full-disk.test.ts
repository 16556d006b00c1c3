import { join } from 'node:path';

import { expect, it } from 'vitest';

import { OpenLibrary } from '@main/host/open-library';
import type { WorkerHandle } from '@main/processes/fork-worker';
import { asExpected } from '@shared/ipc/errors';

import { temporaryFolder } from '../../../helpers/temporary-folder';

/** A worker that ends well at once. */
function workerThatEnds(before: () => void): WorkerHandle {
  let onMessage: (message: unknown) => void = () => undefined;
  let onExit: Parameters<WorkerHandle['onExit']>[0] = () => undefined;
  return {
    send: () => {
      setImmediate(() => {
        before();
        onMessage({ kind: 'ended', state: 'done', message: null });
        onExit({ reason: 'exit code 0', hasStarted: true });
      });
    },
    kill: () => undefined,
    onMessage: (listener) => (onMessage = listener),
    onExit: (listener) => (onExit = listener),
  };
}

/** Lets the database take no more, as a full disk does. */
function fill(library: OpenLibrary): void {
  const pages = library.store.db.pragma('page_count', { simple: true }) as number;
  library.store.db.pragma(`max_page_count = ${pages}`);
  const insert = library.store.db.prepare('INSERT INTO left_out (folder_id, path, kind) VALUES (1, ?, ?)');
  expect(() => {
    for (let index = 0; ; index++) insert.run(`${index}-${'x'.repeat(2000)}`, 'other');
  }).toThrow();
}

it('says what a full disk is, whatever was being written, and goes on after room was made', async () => {
  const photos = temporaryFolder();
  const library: OpenLibrary = new OpenLibrary({
    libraryDir: join(temporaryFolder(), 'library'),
    folders: [photos],
    spawnWorker: () => workerThatEnds(() => fill(library)),
    trunksDirs: [],
    onProgress: () => undefined,
    onChanged: () => undefined,
    onExportProgress: () => undefined,
    onLog: () => undefined,
  });
  library.startRun({});
  expect((await library.waitForRun())?.state).toBe('done');
  let thrown: unknown;
  try {
    for (let index = 0; ; index++) library.store.library.addFolder(`/${index}-${'x'.repeat(2000)}`);
  } catch (error) {
    thrown = asExpected(error);
  }
  expect(thrown).toMatchObject({ code: 'failed-precondition', message: expect.stringContaining('full') });
  library.store.db.pragma('max_page_count = 1000000');
  expect(library.store.library.addFolder('/more')).toBeGreaterThan(0);
  await library.close();
});

it('leaves other errors alone', () => {
  const bug = new TypeError('a bug');
  expect(asExpected(bug)).toBe(bug);
  expect(asExpected('text')).toBe('text');
});
