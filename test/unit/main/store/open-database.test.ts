import { closeSync, existsSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { allMigrations } from '@main/store/migrations/all-migrations';
import { openDatabase } from '@main/store/open-database';

import { temporaryFolder } from '../../../helpers/temporary-folder';

describe('openDatabase', () => {
  it('numbers its migrations without gaps', () => {
    expect(allMigrations.map((migration) => migration.version)).toEqual(allMigrations.map((_, index) => index + 1));
  });

  it('makes a new file of the newest version, in WAL mode, with STRICT tables only', () => {
    const db = openDatabase(join(temporaryFolder(), 'new', 'library.sqlite'));
    expect(db.pragma('user_version', { simple: true })).toBe(allMigrations.at(-1)!.version);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    const lax = db
      .prepare(`SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`)
      .all();
    expect(lax).toEqual([]);
    db.close();
  });

  it('refuses a file of a newer Kindred and leaves it as it is', () => {
    const file = join(temporaryFolder(), 'library.sqlite');
    const db = openDatabase(file);
    db.pragma('user_version = 999');
    db.close();
    expect(() => openDatabase(file)).toThrowError(/newer Kindred/);
    expect(() => openDatabase(file)).toThrowError(expect.objectContaining({ code: 'failed-precondition' }));
  });

  it('says so when the file is not a database', () => {
    const file = join(temporaryFolder(), 'library.sqlite');
    writeFileSync(
      file,
      'this is not a database, but it is long enough to have a header of one hundred bytes '.repeat(4),
    );
    expect(() => openDatabase(file)).toThrowError(/The library is damaged.*kindred repair/);
  });

  it('calls a damaged header damage', () => {
    const file = join(temporaryFolder(), 'library.sqlite');
    openDatabase(file).close();
    const handle = openSync(file, 'r+');
    // The schema's format, at byte 44, can only be 1 to 4.
    writeSync(handle, Buffer.from([0, 0, 1, 44]), 0, 4, 44);
    closeSync(handle);
    expect(() => openDatabase(file)).toThrowError(/The library is damaged.*kindred repair/);
  });

  it('keeps a copy before it migrates a file that holds data', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'library.sqlite');
    const one = { version: 1, sql: 'CREATE TABLE a (x INTEGER) STRICT;' };
    const first = openDatabase(file, [one]);
    first.exec('INSERT INTO a VALUES (42)');
    first.close();
    openDatabase(file, [one, { version: 2, sql: 'ALTER TABLE a RENAME TO b;' }]).close();
    expect(readdirSync(folder)).toContain('library.sqlite.before-v2');
    const copy = openDatabase(join(folder, 'library.sqlite.before-v2'), [one]);
    expect(copy.prepare('SELECT x FROM a').get()).toEqual({ x: 42 });
    copy.close();
  });

  it('leaves the old version standing when a migration fails half-way', () => {
    const file = join(temporaryFolder(), 'library.sqlite');
    const one = { version: 1, sql: 'CREATE TABLE a (x INTEGER) STRICT;' };
    openDatabase(file, [one]).close();
    const broken = { version: 2, sql: 'CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);' };
    expect(() => openDatabase(file, [one, broken])).toThrowError(/nowhere/);
    const db = openDatabase(file, [one]);
    expect(db.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE name = 'b'`).get()).toEqual({ n: 0 });
    db.close();
    expect(existsSync(`${file}.before-v2`)).toBe(true);
  });
});
