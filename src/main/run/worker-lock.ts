import { join } from 'node:path';

import Database from 'better-sqlite3';

import { AppError } from '@shared/ipc/errors';

/** A worker whose host was killed ends as soon as it is out of native code; the next one waits for it this long. */
const LET_GO_MS = 10_000;

/**
 * Holds a library for one pipeline worker. The lock is SQLite's own file lock on an empty file beside the library, so it is gone the moment
 * the process is, however it ended.
 *
 * @returns A function that lets go.
 * @throws {AppError} `failed-precondition` when another worker holds it.
 */
export function lockLibrary(libraryDir: string): () => void {
  const lock = new Database(join(libraryDir, 'worker.lock'), { timeout: LET_GO_MS });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new AppError('failed-precondition', 'Another Kindred is learning from this library right now.', {
      cause: error,
    });
  }
  return () => lock.close();
}
