import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { keywordSidecar } from '@main/export/written-content';
import { GroupEdits } from '@main/groups/edit-groups';
import { importNames } from '@main/groups/import-names';
import { LibraryExports } from '@main/host/library-exports';
import { ownEdits } from '@main/host/tasks/own-tasks';
import { ExportOptions } from '@shared/model/export';

import { sha256Of } from '../../../helpers/folder-state';
import { smallStore } from '../../../helpers/small-store';
import { temporaryFolder } from '../../../helpers/temporary-folder';

/** A small library whose photos are files that an export can write. */
function makeLibrary() {
  const root = temporaryFolder();
  const photos = join(root, 'photos');
  mkdirSync(photos);
  const small = smallStore();
  const { store, photoIds } = small;
  store.db.prepare('UPDATE folders SET path = ?').run(photos);
  const files = photoIds.map((id) => {
    const file = join(photos, store.photos.get(id)!.path);
    writeFileSync(file, Buffer.alloc(1000 + id, id));
    const contentHash = sha256Of(file);
    store.db.prepare('UPDATE photos SET content_hash = ?, size_bytes = ? WHERE id = ?').run(contentHash, 1000 + id, id);
    return file;
  });
  return { ...small, root, files, edits: new GroupEdits(store) };
}

it('takes an export back: unchanged it changes nothing, sorted further by hand it corrects', async () => {
  const { store, edits, root, groupIds, photoIds } = makeLibrary();
  edits.rename(groupIds[0]!, 'Sea / Shore');
  edits.rename(groupIds[1]!, 'Hills');
  const exports = new LibraryExports(store, () => undefined);
  const destination = join(root, 'out');
  const { id } = await exports.plan(ExportOptions.parse({ destination, manifest: true, keywords: true }));
  await exports.start(id, false);
  expect(await importNames(store, ownEdits(store)['names.record'], destination, { from: 'auto' })).toMatchObject({
    entry: null,
    numPlaced: 0,
    numKept: 0,
    numUnknown: 0,
  });

  const name = store.photos.get(photoIds[0]!)!.path;
  renameSync(join(destination, 'Sea _ Shore', name), join(destination, 'Hills', `other ${name}`));
  expect(await importNames(store, ownEdits(store)['names.record'], destination, { from: 'auto' })).toMatchObject({
    numPlaced: 1,
    numMade: 0,
  });
  expect(store.memberships.of(photoIds[0]!)?.group_id).toBe(groupIds[1]);
  store.close();
});

it('takes keywords of other programs, finds photos by content, and counts what it does not know', async () => {
  const { store, root, files, photoIds } = makeLibrary();
  const elsewhere = join(root, 'elsewhere', '2024');
  mkdirSync(elsewhere, { recursive: true });
  copyFileSync(files[0]!, join(elsewhere, 'renamed.jpg'));
  writeFileSync(join(elsewhere, 'renamed.jpg.xmp'), keywordSidecar(['Places', 'Italy']));
  writeFileSync(join(elsewhere, 'stranger.jpg'), 'not in the library');
  writeFileSync(join(elsewhere, 'stranger.xmp'), keywordSidecar(['Spain']));
  const result = await importNames(store, ownEdits(store)['names.record'], join(root, 'elsewhere'), { from: 'auto' });
  expect(result).toMatchObject({ numPlaced: 1, numMade: 1, numUnknown: 1 });
  const groupId = store.memberships.of(photoIds[0]!)!.group_id;
  expect(store.memberships.list(0).groups.find((group) => group.id === groupId)?.name).toBe('Italy');
  store.close();
});

it('refuses a folder that is not there, and stops when it is told to', async () => {
  const { store, root } = makeLibrary();
  await expect(
    importNames(store, ownEdits(store)['names.record'], join(root, 'gone'), { from: 'auto' }),
  ).rejects.toMatchObject({
    code: 'not-found',
  });
  const signal = AbortSignal.abort(new Error('stop'));
  await expect(
    importNames(store, ownEdits(store)['names.record'], join(root, 'photos'), { from: 'auto', signal }),
  ).rejects.toThrow();
  expect(store.journal.list().entries).toEqual([]);
  rmSync(root, { recursive: true });
  store.close();
});
