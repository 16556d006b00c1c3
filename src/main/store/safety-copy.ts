/**
 * @file The second copy of what only the person knows.
 *
 * [Note: The safety copy] Photos can be read again and groups found again, but names, corrections, rejections, pairs and the journal exist
 * nowhere else. They are copied to `safety/` beside the database after changes, whole or not at all, and the five newest copies stay. A copy
 * names photos by their content, and keeps their ids: in a library that is made from it, photos are missing until a scan finds their
 * content again, wherever it lies now (see [Note: A photo is its content]), and everything said of them is there at once.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import { z } from 'zod';

import type { Db } from './open-database';

const NUM_KEPT = 5;
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}-([0-9a-f]{12})\.json\.gz$/;

const Rows = z.array(z.record(z.string().regex(/^[a-z_]+$/), z.union([z.string(), z.number(), z.null()])));

/** Tables as they are; `placements` holds only photos of groups that the person named, hid, pinned or made. */
export const SafetyCopy = z.strictObject({
  version: z.literal(1),
  /** The library's revision at that time; it only ever rises. */
  revision: z.int().min(0).optional(),
  library: Rows,
  folders: Rows,
  photos: Rows,
  groups: Rows,
  overrides: Rows,
  rejections: Rows,
  pair_constraints: Rows,
  accepted_moves: Rows,
  doubts: Rows,
  answers: Rows,
  journal: Rows,
  placements: Rows,
});
export type SafetyCopy = z.infer<typeof SafetyCopy>;

/** Entries of the journal that are copied: more than anybody undoes. */
const NUM_ENTRIES = 1000;

const queries: Record<Exclude<keyof SafetyCopy, 'version' | 'revision'>, string> = {
  library: 'SELECT uuid, seed, trunk, is_gentle, is_watching, created_at FROM library',
  folders: 'SELECT * FROM folders ORDER BY id',
  groups: 'SELECT * FROM groups ORDER BY created_at, id',
  overrides: 'SELECT * FROM overrides ORDER BY photo_id',
  rejections: 'SELECT * FROM rejections ORDER BY photo_id, group_id',
  pair_constraints: 'SELECT * FROM pair_constraints ORDER BY photo_id, other_photo_id',
  accepted_moves: 'SELECT * FROM accepted_moves ORDER BY photo_id',
  doubts: 'SELECT * FROM doubts ORDER BY photo_id',
  answers: 'SELECT * FROM answers ORDER BY question',
  journal: `SELECT * FROM (SELECT * FROM journal ORDER BY id DESC LIMIT ${NUM_ENTRIES}) ORDER BY id`,
  placements: `SELECT m.photo_id, m.group_id, m.confidence, m.typicality FROM memberships m JOIN groups g ON g.id = m.group_id
    WHERE g.name IS NOT NULL OR g.is_hidden OR g.is_pinned OR g.made_by = 'person' ORDER BY m.photo_id`,
  photos: `SELECT id, folder_id, path, size_bytes, mtime_ms, content_hash FROM photos WHERE content_hash IS NOT NULL AND id IN (
    SELECT photo_id FROM overrides UNION SELECT photo_id FROM rejections UNION SELECT photo_id FROM accepted_moves
    UNION SELECT photo_id FROM doubts UNION SELECT former_photo_id FROM doubts
    UNION SELECT photo_id FROM pair_constraints UNION SELECT other_photo_id FROM pair_constraints
    UNION SELECT cover_photo_id FROM groups UNION SELECT m.photo_id FROM memberships m JOIN groups g ON g.id = m.group_id
    WHERE g.name IS NOT NULL OR g.is_hidden OR g.is_pinned OR g.made_by = 'person') ORDER BY id`,
};

/** Everything as it is now, from one state of the library. */
export function collectSafetyCopy(db: Db): SafetyCopy {
  return db.transaction(() => {
    const tables = Object.entries(queries).map(([table, sql]) => [table, db.prepare(sql).all()]);
    return SafetyCopy.parse({ version: 1, revision: revisionOf(db), ...Object.fromEntries(tables) });
  })();
}

/**
 * Writes a copy beside the database, unless the newest one says the same.
 *
 * @param isWhole Asked before something new is written: a damaged library must not push the good copies out.
 * @returns Its file, or null where nothing was written.
 */
export function writeSafetyCopy(db: Db, libraryDir: string, isWhole: () => boolean = () => true): string | null {
  const copy = collectSafetyCopy(db);
  const text = JSON.stringify(copy);
  // A new revision alone is nothing new.
  const digest = createHash('sha256')
    .update(JSON.stringify({ ...copy, revision: undefined }))
    .digest('hex')
    .slice(0, 12);
  const folder = safetyDir(libraryDir);
  const known = safetyFiles(libraryDir);
  if (known[0] && NAME.exec(known[0])?.[1] === digest) return null;
  if (!isWhole()) return null;
  mkdirSync(folder, { recursive: true });
  const stamp = new Date().toISOString().slice(0, 23).replace(/[:.]/g, '-');
  const file = join(folder, `${stamp}-${digest}.json.gz`);
  const temporary = `${file}.part`;
  const handle = openSync(temporary, 'w');
  try {
    writeSync(handle, gzipSync(text));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  for (const old of safetyFiles(libraryDir).slice(NUM_KEPT)) rmSync(join(folder, old), { force: true });
  return file;
}

/** The newest copy that can be read whole; null where there is none. */
export function newestSafetyCopy(libraryDir: string): { copy: SafetyCopy; file: string } | null {
  for (const name of safetyFiles(libraryDir)) {
    const file = join(safetyDir(libraryDir), name);
    try {
      const text = gunzipSync(readFileSync(file)).toString('utf8');
      return { copy: SafetyCopy.parse(JSON.parse(text)), file };
    } catch {
      // Damaged with the library: an older one will do.
    }
  }
  return null;
}

/** True where the newest copy is of a later time than the database: that came back older, as after a lost WAL, and lacks edits. */
export function isBehindSafetyCopy(db: Db, libraryDir: string): boolean {
  return (newestSafetyCopy(libraryDir)?.copy.revision ?? 0) > revisionOf(db);
}

function revisionOf(db: Db): number {
  return db.prepare<[], number>('SELECT revision FROM library').pluck().get() ?? 0;
}

/** Whether there is anything to repair a library from. */
export function hasSafetyCopy(libraryDir: string): boolean {
  return safetyFiles(libraryDir).length > 0;
}

function safetyDir(libraryDir: string): string {
  return join(libraryDir, 'safety');
}

/** Names, the newest first. */
function safetyFiles(libraryDir: string): string[] {
  try {
    return readdirSync(safetyDir(libraryDir))
      .filter((name) => NAME.test(name))
      .sort()
      .reverse();
  } catch {
    return [];
  }
}
