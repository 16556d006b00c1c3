import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { AppError, asExpected } from '@shared/ipc/errors';

import { findUnreadable } from './find-damage';
import { allMigrations, type Migration } from './migrations/all-migrations';

export type Db = Database.Database;

/**
 * Opens a library's database in WAL mode and brings its schema up to date. Before a migration of a file that holds data, a copy is kept
 * beside it as `<file>.before-v<version>`.
 *
 * @param synchronous `FULL`: what was written is there after a power cut. `NORMAL`, for what can be computed again: the last writes may be
 *   gone, and the rest is whole.
 * @throws {AppError} `failed-precondition` when the file was written by a newer Kindred, is damaged or cannot be opened.
 */
export function openDatabase(
  file: string,
  migrations: readonly Migration[] = allMigrations,
  synchronous: 'FULL' | 'NORMAL' = 'FULL',
): Db {
  let db: Db | undefined;
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const existed = file !== ':memory:' && existsSync(file) && statSync(file).size > 0;
    db = new Database(file, { timeout: 10_000 });
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${synchronous}`);
    db.pragma('foreign_keys = ON');
    migrate(db, migrations, existed ? file : null);
    keepStatements(db);
    return db;
  } catch (error) {
    db?.close();
    const expected = describeOpenError(asDamage(error, file));
    if (expected instanceof AppError && expected !== error)
      throw new AppError(expected.code, `${file}: ${expected.message}`, { cause: error });
    throw error;
  }
}

/** A damaged header gives errors that look like a bug of the program ("unsupported file format"). */
function asDamage(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_ERROR') return error;
  const damage = findUnreadable(file);
  return damage === null ? error : new Database.SqliteError(damage, 'SQLITE_CORRUPT');
}

/** A folder for the library that cannot be made is like a database that cannot be opened. */
function describeOpenError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!['EACCES', 'EPERM', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return asExpected(error);
  return new AppError(
    'failed-precondition',
    'The library cannot be kept here: there is no permission, or a file has the name of a folder. Choose another folder with --library.',
    { cause: error },
  );
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
    // Its last user may have asked for bare values.
    if (known) return known.reader ? known.pluck(false) : known;
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
    // Whole in itself, whatever is in the WAL and whoever writes meanwhile.
    const backup = `${file}.before-v${newest}`;
    rmSync(`${backup}.part`, { force: true });
    db.prepare('VACUUM INTO ?').run(`${backup}.part`);
    renameSync(`${backup}.part`, backup);
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
