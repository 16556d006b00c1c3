import { existsSync, renameSync } from 'node:fs';

import { AppError } from '@shared/ipc/errors';
import { RunOptions } from '@shared/model/run';

import { databaseFile } from '../library-paths';
import { type Db, openDatabase } from './open-database';
import { newestSafetyCopy, type SafetyCopy } from './safety-copy';

export interface Repair {
  /** Where the damaged database is now; null where there was none. */
  asideFile: string | null;
  /** The safety copy that was used. */
  copyFile: string;
  numNames: number;
  numCorrections: number;
}

/**
 * Makes a library anew from its newest safety copy. The damaged database is put aside, never deleted. Photos are missing until the next scan
 * finds them by their content.
 *
 * @throws {AppError} `not-found` where there is no safety copy to make it from; the library stays as it is.
 */
export function repairLibrary(libraryDir: string): Repair {
  const found = newestSafetyCopy(libraryDir);
  if (!found)
    throw new AppError(
      'not-found',
      `There is no safety copy in “${libraryDir}” to repair the library from. Put a backup of the folder there, or scan into another folder with --library.`,
    );
  const file = databaseFile(libraryDir);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  const aside = `${file}.damaged-${stamp}`;
  let asideFile: string | null = null;
  for (const ending of ['', '-wal', '-shm']) {
    if (!existsSync(file + ending)) continue;
    renameSync(file + ending, aside + ending);
    if (ending === '') asideFile = aside;
  }
  const db = openDatabase(file);
  try {
    restore(db, found.copy);
  } finally {
    db.close();
  }
  const { groups, overrides, rejections, pair_constraints: pairs } = found.copy;
  return {
    asideFile,
    copyFile: found.file,
    numNames: groups.filter(({ name }) => name !== null).length,
    numCorrections: overrides.length + rejections.length + pairs.length,
  };
}

type Row = SafetyCopy['photos'][number];

/** Fills a new library. */
export function restore(db: Db, copy: SafetyCopy): void {
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    db.prepare('DELETE FROM library').run();
    insert(
      db,
      'library',
      copy.library.map((row) => ({ ...row, id: 1, revision: (copy.revision ?? 0) + 1 })),
    );
    insert(db, 'folders', copy.folders);
    insert(db, 'photos', copy.photos.map(asMissing));
    insert(db, 'groups', copy.groups);
    const runId = 1;
    db.prepare(
      `INSERT INTO runs (id, seed, options, trunk_id, state, verdict, started_at, finished_at)
       VALUES (@runId, @seed, @options, @trunk, 'done', 'groups', @now, @now)`,
    ).run({
      runId,
      seed: copy.library[0]?.['seed'] ?? 1,
      options: JSON.stringify(RunOptions.parse({})),
      trunk: copy.library[0]?.['trunk'] ?? '',
      now: new Date().toISOString(),
    });
    insert(
      db,
      'placements',
      copy.placements.map((row) => ({ ...row, run_id: runId })),
    );
    for (const table of ['overrides', 'rejections', 'pair_constraints', 'accepted_moves', 'doubts', 'answers'] as const)
      insert(db, table, copy[table]);
    insert(db, 'journal', sinceRuns(copy.journal));
    // What was said of a photo that was never read has nothing to hold on to.
    for (const table of tablesOf(copy)) deleteOrphans(db, table);
  }).immediate();
  db.pragma('foreign_keys = ON');
}

function tablesOf(copy: SafetyCopy): string[] {
  return Object.keys(copy).filter((key) => key !== 'version' && key !== 'revision');
}

function deleteOrphans(db: Db, table: string): void {
  const references = db.pragma(`foreign_key_list(${table})`) as { from: string; table: string; to: string | null }[];
  for (const { from, table: other, to } of references)
    db.prepare(`DELETE FROM ${table} WHERE ${from} NOT IN (SELECT ${to ?? 'id'} FROM ${other})`).run();
}

/** A photo that a scan is to find: its place is free for the file that lies there now. */
function asMissing(row: Row): Row {
  const path = String(row['path']);
  return { ...row, path: path.startsWith('/') ? path : `/${row['id']}/${path}`, status: 'indexed', is_missing: 1 };
}

/** The journal from its last entry about a run onwards: runs are not copied, and what came before cannot be undone past it. */
function sinceRuns(journal: readonly Row[]): Row[] {
  const last = journal.findLastIndex(({ changes }) =>
    /"table":"(run_choices|leaf_groups|shown_details)"/.test(String(changes)),
  );
  return journal.slice(last + 1);
}

function insert(db: Db, table: string, rows: readonly Row[]): void {
  const known = new Set((db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name));
  for (const row of rows) {
    // A copy of a newer or older version may know other columns.
    const columns = Object.keys(row).filter((column) => known.has(column));
    db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
    ).run(row);
  }
}
