import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { LibraryExports } from '@main/host/library-exports';
import { openStore, type Store } from '@main/store/store';
import { ExportOptions, type ExportProgress } from '@shared/model/export';

import { addPhoto } from '../../../helpers/small-store';
import { temporaryFolder } from '../../../helpers/temporary-folder';

/** A library of three small files, all Unsorted, whose exports tell into `told`. */
function makeLibrary(): { store: Store; exports: LibraryExports; told: ExportProgress[]; options: ExportOptions } {
  const root = temporaryFolder();
  const folder = join(root, 'photos');
  mkdirSync(folder);
  const store = openStore(join(root, 'library.sqlite'));
  const folderId = store.library.addFolder(folder);
  for (let index = 0; index < 3; index++) {
    const { path } = store.photos.get(addPhoto(store, folderId, index))!;
    writeFileSync(join(folder, path), Buffer.alloc(1000 + index, index));
  }
  const told: ExportProgress[] = [];
  const exports = new LibraryExports(store, (progress) => told.push(progress));
  const options = ExportOptions.parse({ destination: join(root, 'out'), unsorted: true });
  return { store, exports, told, options };
}

it('tells last how an export and its undo ended', async () => {
  const { store, exports, told, options } = makeLibrary();
  const { id } = await exports.plan(options);
  const report = await exports.start(id, false);
  expect(told.at(-1)).toEqual({ id, state: 'done', done: 3, total: 3, bytesWritten: report.bytesWritten });
  await exports.undo(id);
  expect(told.at(-1)).toMatchObject({ id, state: 'undone', done: 3, total: 3 });
  store.close();
});

it('tells last that an export was interrupted, and how far it came', async () => {
  const { store, exports, told, options } = makeLibrary();
  const { id } = await exports.plan(options);
  const started = exports.start(id, false);
  exports.cancel(id);
  await expect(started).rejects.toMatchObject({ code: 'cancelled' });
  expect(told.at(-1)).toMatchObject({ id, state: 'interrupted', total: 3 });
  expect(told.at(-1)!.done).toBeLessThan(3);
  store.close();
});

it('tells that an export failed which could not start', async () => {
  const { store, exports, told, options } = makeLibrary();
  const { id } = await exports.plan({ ...options, mode: 'move' });
  await expect(exports.start(id, false)).rejects.toMatchObject({ code: 'failed-precondition' });
  expect(told).toEqual([{ id, state: 'failed', done: 0, total: 3, bytesWritten: 0 }]);
  store.close();
});

it('says when writing begins, and never for an export that cannot start', async () => {
  const { store, exports, options } = makeLibrary();
  let numStarted = 0;
  const onStarted = (): void => void numStarted++;
  const refused = await exports.plan({ ...options, mode: 'move' });
  await expect(exports.start(refused.id, false, onStarted)).rejects.toMatchObject({ code: 'failed-precondition' });
  expect(numStarted).toBe(0);
  const { id } = await exports.plan(options);
  await exports.start(id, false, onStarted);
  expect(numStarted).toBeGreaterThan(0);
  store.close();
});
