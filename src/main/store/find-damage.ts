import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { AppError } from '@shared/ipc/errors';

import { hasSafetyCopy, isBehindSafetyCopy } from './safety-copy';

/** What is wrong with a library's database, in SQLite's words or ours; null where all of it can be read, and no edit is missing. */
export function findDamage(file: string): string | null {
  return look(file, (db) =>
    isBehindSafetyCopy(db, dirname(file)) ? 'The newest safety copy knows edits that the database lacks.' : null,
  );
}

/** What SQLite says is wrong with a file, whatever tables it has; null where all of it can be read. */
export function findUnreadable(file: string): string | null {
  return look(file, () => null);
}

function look(file: string, lookAtTables: (db: Database.Database) => string | null): string | null {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    const found = db.pragma('quick_check(1)', { simple: true });
    return found === 'ok' ? lookAtTables(db) : String(found);
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string };
    if (/^SQLITE_(BUSY|LOCKED|PROTOCOL|FULL|READONLY|NOMEM)/.test(code)) throw error;
    return message;
  } finally {
    db?.close();
  }
}

/** True where a database is gone or empty although its safety copies lie beside it. */
export function isDatabaseLost(file: string): boolean {
  return (!existsSync(file) || statSync(file).size === 0) && hasSafetyCopy(dirname(file));
}

/**
 * An empty library in the place of one that was lost would soon push its safety copies out.
 *
 * @throws {AppError} `failed-precondition`, when the database is lost.
 */
export function refuseLostDatabase(file: string): void {
  if (!isDatabaseLost(file)) return;
  throw new AppError(
    'failed-precondition',
    `The database of the library in “${dirname(file)}” is gone, but the safety copies of names and corrections are there. “kindred repair” makes the library anew from them. To begin without them, move the folder “safety” away.`,
  );
}
