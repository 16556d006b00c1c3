import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { allMigrations } from '@main/store/migrations/all-migrations';
import { type Db, openDatabase } from '@main/store/open-database';

import { temporaryFolder } from '../../../helpers/temporary-folder';

/** The names of all tables and views of a file. */
function namesOf(db: Db): string[] {
  return db
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name`)
    .all()
    .map(({ name }) => name);
}

describe('every migration', () => {
  it.each(allMigrations.map(({ version }) => [version]))(
    'to version %i keeps the rows of the version before',
    (version) => {
      const file = join(temporaryFolder(), 'library.sqlite');
      const old = openDatabase(file, allMigrations.slice(0, version - 1));
      const hasLibrary = version > 1;
      if (hasLibrary) old.exec(`INSERT INTO library (id, uuid, seed, created_at) VALUES (1, 'mine', 7, 'then')`);
      if (hasLibrary) old.exec(`INSERT INTO folders (id, path, added_at) VALUES (1, '/photos', 'then')`);
      old.close();
      const db = openDatabase(file, allMigrations.slice(0, version));
      expect(db.pragma('user_version', { simple: true })).toBe(version);
      expect(db.pragma('foreign_key_check')).toEqual([]);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      if (hasLibrary) {
        expect(db.prepare('SELECT uuid, seed FROM library').get()).toEqual({ uuid: 'mine', seed: 7 });
        expect(db.prepare('SELECT path FROM folders').all()).toEqual([{ path: '/photos' }]);
      }
      db.close();
    },
  );
});

it('the seventeenth drops the table that nothing wrote, and no other', () => {
  const file = join(temporaryFolder(), 'library.sqlite');
  const old = openDatabase(file, allMigrations.slice(0, 16));
  const before = namesOf(old);
  old.close();
  const db = openDatabase(file, allMigrations.slice(0, 17));
  expect(namesOf(db)).toEqual(before.filter((name) => name !== 'cluster_assignments'));
  expect(before).toContain('cluster_assignments');
  db.close();
});
