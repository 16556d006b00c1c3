import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { AppError } from '@shared/ipc/errors';

import { allMigrations, type Migration } from './migrations/all-migrations';

export type Db = Database.Database;

/**
 * Opens a library's database in WAL mode and brings its schema up to date. Before a migration of a file that holds data, a copy is kept
 * beside it as `<file>.before-v<version>`.
 *
 * @throws {AppError} `failed-precondition` when the file was written by a newer Kindred or is not a database.
 */
export function openDatabase(file: string, migrations: readonly Migration[] = allMigrations): Db {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const existed = file !== ':memory:' && existsSync(file);
  const db = new Database(file, { timeout: 10_000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    migrate(db, migrations, existed ? file : null);
    keepStatements(db);
    return db;
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB') {
      throw new AppError('failed-precondition', `${file} is not a Kindred library, or it is damaged.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** More than there are; text made from values must not fill the memory. */
const MAX_KEPT = 500;

/**
 * Compiles each statement once. Compiling costs more than most of them take to run, and what a compiled one holds is given back only when the
 * garbage collector comes by: asking for 50,000 photos one by one took 0.8 GB.
 */
function keepStatements(db: Db): void {
  const compile = db.prepare.bind(db);
  const kept = new Map<string, ReturnType<typeof compile>>();
  db.prepare = ((sql: string) => {
    const known = kept.get(sql);
    if (known) return known;
    const statement = compile(sql);
    if (kept.size < MAX_KEPT) kept.set(sql, statement);
    return statement;
  }) as Db['prepare'];
}

function migrate(db: Db, migrations: readonly Migration[], file: string | null): void {
  const current = db.pragma('user_version', { simple: true }) as number;
  const newest = migrations.at(-1)?.version ?? 0;
  if (current > newest) {
    throw new AppError(
      'failed-precondition',
      `This library was made by a newer Kindred (its version is ${current}, this program knows ${newest}). Update Kindred to open it.`,
    );
  }
  if (current === newest) return;
  if (file !== null && current > 0) {
    db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(file, `${file}.before-v${newest}`);
  }
  for (const { version, sql } of migrations) {
    // Read again inside the lock: another process may have migrated while this one waited.
    db.transaction(() => {
      if ((db.pragma('user_version', { simple: true }) as number) >= version) return;
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  }
}
