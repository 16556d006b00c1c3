import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { WriteBatch } from '@main/run/write-batch';

import { generatedJpeg } from '../../../helpers/generated-pictures';
import { ScannedFolder } from '../../../helpers/scanned-folder';
import { addPhoto, smallStore } from '../../../helpers/small-store';

// Each scan opens a network; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const latin1 = (folder: string, name: string): Buffer =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);

it.skipIf(process.platform !== 'linux')('reads photos whose names and folders are no text and look alike', async () => {
  const library = new ScannedFolder();
  let index = 0;
  for (const name of ['ä.jpg', 'ö.jpg', 'ä.pdf', 'ö.pdf'])
    writeFileSync(latin1(library.photos, name), await generatedJpeg('discs', { index: index++, seed: 1 }));
  for (const folder of ['ü', 'ß']) {
    mkdirSync(latin1(library.photos, folder));
    writeFileSync(latin1(library.photos, `${folder}/a.jpg`), await generatedJpeg('discs', { index: index++, seed: 1 }));
  }
  for (let scan = 0; scan < 2; scan++) {
    await library.scan();
    expect(library.present()).toEqual(
      ['\ufffddf/a.jpg', '\ufffde4.jpg', '\ufffdf6.jpg', '\ufffdfc/a.jpg'].map((path) => [path, 'indexed']),
    );
  }
  expect(library.store.library.leftOut()).toHaveLength(2);
  expect(library.store.memberships.photos({ kind: 'all' }, 0, 9).photos[1]!.name).toBe('\ufffd.jpg');
});

it('takes nothing of its own library for photos, scan after scan', async () => {
  const library = new ScannedFolder();
  writeFileSync(join(library.photos, 'one.jpg'), await generatedJpeg('discs', { index: 1, seed: 1 }));
  const outer = library.store.library.addFolder(library.root);
  for (let scan = 0; scan < 3; scan++) await library.scan();
  expect(library.store.photos.counts().total).toBe(1);
  expect(library.store.library.leftOut()).toEqual([]);
  expect(outer).toBeGreaterThan(0);
});

it('stores the others when one of a batch cannot be stored', () => {
  const { store } = smallStore();
  const folderId = store.library.addFolder('/more');
  const batch = new WriteBatch(store.db);
  const failures: unknown[] = [];
  for (const index of [1, 2, 2, 3])
    batch.add(
      () => addPhoto(store, folderId, index),
      (error) => failures.push(error),
    );
  batch.flush();
  expect(failures).toEqual([expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE' })]);
  expect(store.photos.inFolder(folderId)).toHaveLength(3);
});
