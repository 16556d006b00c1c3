import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';

import { toWireError } from '@shared/ipc/errors';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';
import { keepTasks } from '@main/host/tasks/own-tasks';
import { databaseFile } from '@main/library-paths';
import { findDamage, refuseLostDatabase } from '@main/store/find-damage';
import { repairLibrary } from '@main/store/repair-library';
import { collectSafetyCopy, newestSafetyCopy, writeSafetyCopy } from '@main/store/safety-copy';
import { openStore } from '@main/store/store';

import { generatedJpeg } from '../../../helpers/generated-pictures';
import { ScannedFolder } from '../../../helpers/scanned-folder';
import { smallStore } from '../../../helpers/small-store';
import { temporaryFolder } from '../../../helpers/temporary-folder';

// Each scan opens a network; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

function editedStore() {
  const small = smallStore();
  const edits = new GroupEdits(small.store);
  edits.rename(small.groupIds[0]!, 'Beach');
  edits.move([small.photoIds[0]!], small.groupIds[1]!);
  edits.remove([small.photoIds[5]!]);
  new PairEdits(small.store).apart([small.photoIds[1]!, small.photoIds[2]!], []);
  return { ...small, edits, dir: dirname(small.file) };
}

describe('the safety copy', () => {
  it('is written once for each change, and five stay', () => {
    const { store, dir, edits, groupIds } = editedStore();
    expect(writeSafetyCopy(store.db, dir)).toContain(join(dir, 'safety'));
    expect(writeSafetyCopy(store.db, dir)).toBeNull();
    for (let name = 0; name < 7; name++) {
      edits.rename(groupIds[1]!, `Name ${name}`);
      expect(writeSafetyCopy(store.db, dir)).not.toBeNull();
    }
    expect(readdirSync(join(dir, 'safety'))).toHaveLength(5);
    expect(newestSafetyCopy(dir)!.copy.groups.map(({ name }) => name)).toContain('Name 6');
  });

  it('falls back on an older copy where the newest was cut off', () => {
    const { store, dir, edits, groupIds } = editedStore();
    writeSafetyCopy(store.db, dir);
    edits.rename(groupIds[1]!, 'Later');
    truncateSync(writeSafetyCopy(store.db, dir)!, 100);
    expect(newestSafetyCopy(dir)!.copy.groups.map(({ name }) => name)).toContain('Beach');
  });

  it('gives back everything the person said, and what can be undone', () => {
    const { store, dir, file } = editedStore();
    const before = collectSafetyCopy(store.db);
    writeSafetyCopy(store.db, dir);
    store.close();
    truncateSync(file, 5000);
    expect(findDamage(file)).not.toBeNull();
    const repaired = repairLibrary(dir);
    expect(repaired).toMatchObject({ numNames: 1, numCorrections: 5 });
    expect(existsSync(repaired.asideFile!)).toBe(true);
    const again = openStore(file);
    const after = collectSafetyCopy(again.db);
    for (const table of [
      'library',
      'folders',
      'groups',
      'overrides',
      'rejections',
      'pair_constraints',
      'journal',
    ] as const)
      expect(after[table]).toEqual(before[table]);
    expect(again.journal.undo()).not.toBeNull();
    again.close();
  });

  it('is not pushed out by an empty library, nor by an older or a damaged one', () => {
    const { store, dir, file, edits, groupIds } = editedStore();
    writeSafetyCopy(store.db, dir);
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    edits.rename(groupIds[1]!, 'In the WAL');
    writeSafetyCopy(store.db, dir);
    const older = `${file}.older`;
    copyFileSync(file, older);
    store.close();
    rmSync(file);
    expect(() => refuseLostDatabase(file)).toThrow(/is gone.*kindred repair/);
    writeFileSync(file, '');
    expect(() => refuseLostDatabase(file)).toThrow(/is gone/);
    renameSync(older, file);
    refuseLostDatabase(file);
    expect(findDamage(file)).toMatch(/knows edits that the database lacks/);
    const again = openStore(file);
    expect(keepTasks(again)['library.keepSafe']()).toBeNull();
    again.db.prepare('DELETE FROM journal').run();
    expect(keepTasks(again)['library.keepSafe']()).toBeNull();
    again.close();
    repairLibrary(dir);
    expect(findDamage(file)).toBeNull();
    const repaired = openStore(file);
    expect(repaired.memberships.nameOf(groupIds[1]!)).toBe('In the WAL');
    new GroupEdits(repaired).rename(groupIds[1]!, 'Later');
    expect(keepTasks(repaired)['library.keepSafe']()).not.toBeNull();
    repaired.close();
  });

  it('repairs what a damaged library left in it: rows whose photo is not there', () => {
    const { store, dir } = editedStore();
    const file = writeSafetyCopy(store.db, dir)!;
    const copy = collectSafetyCopy(store.db);
    store.close();
    const photos = copy.photos.filter(({ id }) => id !== copy.rejections[0]!['photo_id']);
    writeFileSync(file, gzipSync(JSON.stringify({ ...copy, photos })));
    repairLibrary(dir);
    const again = openStore(databaseFile(dir));
    expect(again.db.pragma('foreign_key_check')).toEqual([]);
    expect(collectSafetyCopy(again.db).groups).toEqual(copy.groups);
    again.close();
  });

  it('finds the photos of a repaired library again by their content, under other names too', async () => {
    const library = new ScannedFolder();
    for (let index = 0; index < 4; index++)
      writeFileSync(join(library.photos, `${index}.jpg`), await generatedJpeg('discs', { index, seed: 1 }));
    await library.scan();
    const edits = new GroupEdits(library.store);
    const ids = [0, 1].map((index) => library.idAt(`${index}.jpg`));
    const { groupId } = edits.create('Beach', ids);
    writeSafetyCopy(library.store.db, library.libraryDir);
    library.store.close();
    rmSync(join(library.libraryDir, 'library.sqlite'));
    repairLibrary(library.libraryDir);
    const again = new ScannedFolder(library.root);
    await again.scan();
    expect([0, 1].map((index) => again.idAt(`${index}.jpg`))).toEqual(ids);
    expect(again.store.memberships.idsOf(groupId)).toEqual(new Set(ids));
    expect(again.store.memberships.nameOf(groupId)).toBe('Beach');
    expect(again.store.photos.counts().total).toBe(4);
  });
});

it('says what to do where rows claim to be longer than the memory', () => {
  const error = new Database.SqliteError('out of memory', 'SQLITE_NOMEM');
  expect(toWireError(error)).toMatchObject({ message: expect.stringMatching(/kindred repair/) as string });
});

describe('a library that cannot be opened', () => {
  const refusal = (file: string): string => {
    try {
      openStore(file).close();
      return 'opened';
    } catch (error) {
      return toWireError(error).message;
    }
  };

  it('says what happened and what to do', () => {
    const { store, dir, file } = editedStore();
    store.close();
    truncateSync(file, 60_000);
    expect(refusal(file)).toMatch(/damaged.*kindred repair/);
    rmSync(file);
    mkdirSync(file);
    expect(refusal(file)).toMatch(/could not be opened.*--library/);
    expect(refusal(join(dir, 'worker', 'library.sqlite'))).toBe('opened');
    writeFileSync(join(dir, 'in the way'), '');
    expect(refusal(join(dir, 'in the way', 'library.sqlite'))).toMatch(/cannot be kept here/);
  });
});

it('edits with FULL, so that what was acknowledged is on the disk', () => {
  const store = openStore(join(temporaryFolder(), 'library.sqlite'));
  expect(store.db.pragma('synchronous', { simple: true })).toBe(2);
  store.close();
});
