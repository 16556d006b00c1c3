/** @file What can happen to the files of a library, by a rule from a seed. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { databaseFile } from '@main/library-paths';
import type { Random } from '@shared/random';

export interface Damage {
  kind: string;
  /** Where, for whoever looks into one. */
  at: string;
  /** Ends what lasts, as a lock. */
  release: () => void;
}

const kinds = ['cut', 'bytes', 'bytes', 'header', 'zeros', 'missing', 'folder', 'older copy'] as const;

/** A lock is waited for ten seconds at each step, so it is one in forty. */
const LOCK_SHARE = 1 / 40;

/** Damages the library once. */
export function damageLibrary(dir: string, random: Random): Damage {
  if (random.uniform() < LOCK_SHARE) return lock(dir);
  const kind = kinds[random.int(kinds.length)]!;
  const files = ['', '-wal', '-shm'].map((ending) => databaseFile(dir) + ending).filter((file) => existsSync(file));
  const file = files[random.uniform() < 0.7 ? 0 : random.int(files.length)]!;
  const done = (at: string): Damage => ({ kind, at, release: () => undefined });
  switch (kind) {
    case 'older copy': {
      // The newest safety copy is hit as well.
      const copies = readdirSync(join(dir, 'safety')).sort();
      truncateSync(join(dir, 'safety', copies.at(-1)!), random.int(200));
      return done(overwrite(databaseFile(dir), random, 4096));
    }
    case 'cut': {
      const length = random.int(statSync(file).size + 1);
      truncateSync(file, length);
      return done(`${file} at ${length}`);
    }
    case 'missing':
      rmSync(file);
      return done(file);
    case 'folder':
      rmSync(file);
      mkdirSync(file);
      return done(file);
    case 'header':
      return done(overwrite(file, random, 1 + random.int(40), 100));
    case 'zeros':
      return done(overwrite(file, random, 4096 * (1 + random.int(8)), undefined, true));
    case 'bytes': {
      const places = Array.from({ length: 1 + random.int(8) }, () => overwrite(file, random, 1 + random.int(4096)));
      return done(places.join(', '));
    }
  }
}

/** @param end The write begins before this byte. */
function overwrite(file: string, random: Random, length: number, end = statSync(file).size, isZero = false): string {
  const bytes = Buffer.from(Array.from({ length }, () => (isZero ? 0 : random.int(256))));
  const position = random.int(Math.max(1, end));
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, length, position);
  closeSync(handle);
  return `${file} at ${position}, ${length} bytes`;
}

function lock(dir: string): Damage {
  const db = new Database(databaseFile(dir));
  db.pragma('locking_mode = EXCLUSIVE');
  db.exec('BEGIN EXCLUSIVE');
  return { kind: 'lock', at: databaseFile(dir), release: () => void db.close() };
}
