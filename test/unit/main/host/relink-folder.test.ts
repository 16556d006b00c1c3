import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { relinkFolder } from '@main/host/relink-folder';
import { openStore, type Store } from '@main/store/store';

import { sha256Of } from '../../../helpers/folder-state';
import { addPhoto } from '../../../helpers/small-store';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const NUM_PHOTOS = 10;
let root: string;
let before: string;
let after: string;
let store: Store;
let folderId: number;

/** A library whose folder has moved from `before` to `after`. */
beforeEach(() => {
  root = temporaryFolder();
  [before, after] = [join(root, 'before'), join(root, 'after')];
  mkdirSync(before);
  store = openStore(join(root, 'library.sqlite'));
  folderId = store.library.addFolder(before);
  for (let index = 0; index < NUM_PHOTOS; index++) {
    const id = addPhoto(store, folderId, index);
    const file = join(before, store.photos.get(id)!.path);
    writeFileSync(file, `photo ${index}`);
    const { length } = `photo ${index}`;
    store.db.prepare('UPDATE photos SET content_hash = ?, size_bytes = ? WHERE id = ?').run(sha256Of(file), length, id);
  }
  renameSync(before, after);
  store.library.setOffline(folderId, true);
});

const relink = (path: string, signal?: AbortSignal): Promise<void> => relinkFolder(store, { folderId, path }, signal);
const file = (index: number): string => join(after, store.photos.inFolder(folderId)[index]!.path);
const folderRow = () => store.library.folders().find(({ id }) => id === folderId);

describe('relinking a folder', () => {
  it('finds the photos in their new place, though some were deleted or edited since', async () => {
    rmSync(file(0));
    writeFileSync(file(1), 'photo X');
    await relink(after);
    expect(folderRow()).toMatchObject({ path: after, is_offline: 0 });
    expect(store.photos.inFolder(folderId)).toHaveLength(NUM_PHOTOS);
  });

  it('refuses a place where too few of them are', async () => {
    for (let index = 0; index < 5; index++) rmSync(file(index));
    await expect(relink(after)).rejects.toThrow(/Of 10 photos .* only 5 are there/);
    expect(folderRow()).toMatchObject({ path: before, is_offline: 1 });
  });

  it('refuses files of the same names and sizes with another content', async () => {
    for (let index = 0; index < NUM_PHOTOS; index++) writeFileSync(file(index), `PHOTO ${index}`);
    await expect(relink(after)).rejects.toThrow(/none is there/);
  });

  it('refuses a place that overlaps another folder of the library, inside or around it', async () => {
    const other = join(root, 'other');
    cpSync(after, join(other, 'inside'), { recursive: true });
    store.library.addFolder(other);
    await expect(relink(join(other, 'inside'))).rejects.toThrow(/overlap/);
    await expect(relink(root)).rejects.toThrow(/overlap/);
  });

  it('refuses a place that is not there, and a folder that is not the library’s', async () => {
    await expect(relink(join(root, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(relinkFolder(store, { folderId: 99, path: after })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('changes nothing when it is cancelled', async () => {
    await expect(relink(after, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(folderRow()?.path).toBe(before);
  });
});
