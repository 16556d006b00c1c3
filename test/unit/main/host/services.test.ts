import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { Services } from '@main/host/services';
import type { WorkerHandle } from '@main/processes/fork-worker';

import { temporaryFolder } from '../../../helpers/temporary-folder';

function openServices(spawnWorker: () => WorkerHandle) {
  const root = temporaryFolder();
  vi.stubEnv('KINDRED_DATA_DIR', join(root, 'data'));
  const opened: (string | null)[] = [];
  const services = new Services(
    { kind: 'memory', spawnWorker, trunksDirs: [] },
    () => undefined,
    () => undefined,
    (dir) => opened.push(dir),
  );
  for (const name of ['a', 'b']) mkdirSync(join(root, name));
  return { root, services, opened };
}

function unspawnable(): WorkerHandle {
  throw new Error('spawn EAGAIN');
}

it('opens two folders at once one after the other, and keeps the last', async () => {
  const { root, services, opened } = openServices(unspawnable);
  const [a, b] = await Promise.all([services.openFolder(join(root, 'a')), services.openFolder(join(root, 'b'))]);
  expect(services.library).toBe(b);
  // Each library was told open; the first was closed before the second.
  expect(opened).toEqual([a.dir, null, b.dir]);
  expect(() => a.store.library.folders()).toThrow();
  await services.close();
});

it('keeps a library open whose folder is opened again', async () => {
  const { root, services } = openServices(unspawnable);
  const first = await services.openFolder(join(root, 'a'));
  expect(await services.openFolder(join(root, 'a'))).toBe(first);
  await services.close();
});

it('opens once what is wanted', async () => {
  const { root, services } = openServices(unspawnable);
  services.want({ folder: join(root, 'a'), libraryDir: join(root, 'library') });
  expect((await services.openWanted())?.dir).toBe(join(root, 'library'));
  expect(await services.openWanted()).toBeNull();
  services.want({ folder: join(root, 'gone'), libraryDir: null });
  await expect(services.openWanted()).rejects.toThrow('There is no folder');
  await services.close();
});

it('takes a worker that cannot be started for a failed run, with the reason', async () => {
  const { root, services } = openServices(unspawnable);
  const library = await services.openFolder(join(root, 'a'));
  library.startRun({});
  expect(library.progress).toMatchObject({ state: 'running', fraction: 0 });
  expect(await library.waitForRun()).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('EAGAIN') as string,
  });
  await services.close();
});
