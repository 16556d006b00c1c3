import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, expect, it, vi } from 'vitest';

import { findMovedFolder, findMovedLibrary } from '@main/host/moved-folder';
import { RecentLibraries } from '@main/host/recent-libraries';
import { relinkFolder } from '@main/host/relink-folder';

import { generatedJpeg } from '../../../helpers/generated-pictures';
import { ScannedFolder } from '../../../helpers/scanned-folder';

// Each scan opens a network; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

let library: ScannedFolder;
let elsewhere: string;

beforeEach(async () => {
  library = new ScannedFolder();
  elsewhere = join(library.root, 'renamed');
  for (let index = 0; index < 4; index++)
    writeFileSync(join(library.photos, `${index}.jpg`), await generatedJpeg('rays', { index, seed: 2 }));
  await library.scan();
}, 60_000);

it('knows a folder that was renamed, and only one that is not where it was', () => {
  const { store } = library;
  mkdirSync(elsewhere);
  expect(findMovedFolder(store, elsewhere)).toBeUndefined();
  rmSync(elsewhere, { recursive: true });
  renameSync(library.photos, elsewhere);
  expect(findMovedFolder(store, elsewhere)).toMatchObject({ id: library.folderId });
  expect(findMovedFolder(store, library.root)).toBeUndefined();
});

it('finds the remembered library of a folder that was renamed', () => {
  process.env['KINDRED_DATA_DIR'] = join(library.root, 'data');
  try {
    const recent = new RecentLibraries();
    recent.remember({ id: 'one' as never, dir: library.libraryDir, folder: library.photos, numPhotos: 4 });
    renameSync(library.photos, elsewhere);
    expect(findMovedLibrary(recent, elsewhere)).toBe(library.libraryDir);
    expect(findMovedLibrary(recent, library.root)).toBeUndefined();
  } finally {
    delete process.env['KINDRED_DATA_DIR'];
  }
});

it('takes the new place for the old folder also after it was scanned as another by mistake', async () => {
  const { store } = library;
  const ids = [0, 1, 2, 3].map((index) => library.idAt(`${index}.jpg`));
  mkdirSync(elsewhere);
  for (let index = 0; index < 4; index++)
    renameSync(join(library.photos, `${index}.jpg`), join(elsewhere, `${index}.jpg`));
  const mistaken = store.library.addFolder(elsewhere);
  await library.scan();
  expect(store.photos.inFolder(mistaken)).not.toHaveLength(0);
  await relinkFolder(store, { folderId: library.folderId, path: elsewhere });
  await library.scan();
  expect(store.library.folders()).toEqual([{ id: library.folderId, path: elsewhere, is_offline: 0 }]);
  expect(ids.map((id) => store.photos.get(id))).toEqual(ids.map(() => expect.objectContaining({ is_missing: 0 })));
  expect(store.photos.counts().total).toBe(4);
});
