import Database, { type Statement } from 'better-sqlite3';
import { z } from 'zod';

import { AppError } from '@shared/ipc/errors';
import type { History, HistoryEntry } from '@shared/model/history';

import type { Db } from './open-database';
import { joinChanges, revertedRow, type Row } from './revert-changes';

/**
 * @file Undo for everything the person does.
 *
 * [Note: The journal keeps rows, not commands] An edit changes rows of a few tables that only the person writes. The journal keeps each
 * row before and after, in one transaction with the edit itself; undoing writes the rows before, redoing the rows after. So every edit has
 * an inverse without one being written, a crash leaves either both or neither, and undoing all gives back the start to the byte.
 */

/** The tables a person's edits may touch, with their keys. */
const keysByTable = {
  groups: ['id'],
  overrides: ['photo_id'],
  rejections: ['photo_id', 'group_id'],
  pair_constraints: ['photo_id', 'other_photo_id'],
  run_choices: ['newest_run_id'],
  accepted_moves: ['photo_id'],
  answers: ['question'],
  leaf_groups: ['run_id', 'leaf'],
  shown_details: ['run_id'],
} as const satisfies Record<string, readonly string[]>;
type Table = keyof typeof keysByTable;

/** Why a change of a row cannot be taken back without undoing later ones. */
const changedSince: Record<Table, string> = {
  groups: 'The group was changed again since.',
  overrides: 'Some of its photos were moved again since.',
  rejections: 'Some of its photos were moved again since.',
  pair_constraints: 'Something else was said of these photos since.',
  run_choices: 'Another choice was made since.',
  accepted_moves: 'Some of its photos were moved again since.',
  answers: 'The question was answered again since.',
  leaf_groups: 'The detail was changed again since.',
  shown_details: 'The detail was changed again since.',
};
const MAX_CHECKED_LENGTH = 100_000;

const RowJson = z.record(z.string().regex(/^[a-z_]+$/), z.union([z.string(), z.number(), z.null()]));
const Change = z.object({
  table: z.enum(Object.keys(keysByTable) as [Table, ...Table[]]),
  before: RowJson.nullable(),
  after: RowJson.nullable(),
});
type Change = z.infer<typeof Change>;

/** The only way an edit writes: every row it touches is kept as it was and as it became. */
export interface RowEditor {
  /** Inserts the row or replaces the one with its key. */
  put(table: Table, row: Row): void;
  /** Removes the row with this key, if there is one. */
  remove(table: Table, key: Row): void;
}

export class Journal {
  private readonly statements = new Map<string, Statement>();

  constructor(private readonly db: Db) {}

  /**
   * Runs an edit and its journal entry in one transaction. What was undone before can no longer be redone.
   *
   * @param continues An entry that the edit goes on with: where it is the newest that stands, the two are one, under the new label.
   */
  record<T>(
    label: string,
    edit: (rows: RowEditor) => T,
    continues: number | null = null,
  ): { entry: HistoryEntry; result: T } {
    return this.db
      .transaction(() => {
        const changes: Change[] = [];
        const result = edit({
          put: (table, row) => changes.push(this.write(table, row, row)),
          remove: (table, key) => changes.push(this.write(table, key, null)),
        });
        this.db.prepare('DELETE FROM journal WHERE is_undone = 1').run();
        const newest = this.db
          .prepare<[], { id: number; changes: string }>('SELECT id, changes FROM journal ORDER BY id DESC LIMIT 1')
          .get();
        const at = new Date().toISOString();
        const going = continues !== null && newest?.id === continues ? newest : null;
        // One after the other, not joined: rows refer to each other, and are undone in the order in which they came.
        const before = going ? z.array(Change).parse(JSON.parse(going.changes)) : [];
        const { lastInsertRowid } = this.db
          .prepare('INSERT OR REPLACE INTO journal (id, label, changes, at) VALUES (?, ?, ?, ?)')
          .run(going?.id ?? null, label, JSON.stringify([...before, ...changes]), at);
        return { entry: { id: Number(lastInsertRowid) as HistoryEntry['id'], label, at, isUndone: false }, result };
      })
      .immediate();
  }

  /** Takes the newest edit back. Null when there is none. */
  undo(): HistoryEntry | null {
    return this.replay('SELECT * FROM journal WHERE is_undone = 0 ORDER BY id DESC LIMIT 1', true);
  }

  /** Does the oldest undone edit again. Null when there is none. */
  redo(): HistoryEntry | null {
    return this.replay('SELECT * FROM journal WHERE is_undone = 1 ORDER BY id LIMIT 1', false);
  }

  /**
   * Takes one entry back though later ones stand. This is an entry of its own, which can be undone.
   *
   * @param check Called when everything is written; a reason it gives takes it all back.
   * @throws {AppError} `failed-precondition` with the reason, in plain words, where it cannot be.
   */
  revert(entryId: number, check: () => string | null = () => null): HistoryEntry {
    const { label, changes } = this.changesOf(entryId);
    try {
      return this.record(`Took back: ${label}`, (rows) => {
        // Joined changes have lost their order; what refers to what is looked at when all are taken back.
        this.db.pragma('defer_foreign_keys = ON');
        for (const change of changes.toReversed()) {
          const key = (change.after ?? change.before)!;
          const row = revertedRow(change, this.read(change.table, key));
          if (row === undefined) throw new AppError('failed-precondition', changedSince[change.table]);
          if (row === null) rows.remove(change.table, key);
          else rows.put(change.table, row);
        }
        const reason = check();
        if (reason !== null) throw new AppError('failed-precondition', reason);
      }).entry;
    } catch (error) {
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')) {
        throw new AppError('failed-precondition', 'Something you did later builds on it. Undo that first.', {
          cause: error,
        });
      }
      throw error;
    }
  }

  /**
   * Why an entry cannot be taken back without later ones; null where it can, as far as its own rows tell. Large entries are not looked at, so that a
   * list of them costs nothing; taking one back tells.
   */
  whyNotRevertible(entryId: number): string | null {
    const size = this.db
      .prepare<[number], { size: number; is_undone: number }>(
        'SELECT length(changes) AS size, is_undone FROM journal WHERE id = ?',
      )
      .get(entryId);
    if (!size) return notFound('change').message;
    if (size.is_undone === 1) return 'It is undone already.';
    if (size.size > MAX_CHECKED_LENGTH) return null;
    for (const change of this.changesOf(entryId).changes) {
      const key = (change.after ?? change.before)!;
      if (revertedRow(change, this.read(change.table, key)) === undefined) return changedSince[change.table];
    }
    return null;
  }

  private changesOf(entryId: number): { label: string; changes: Change[] } {
    const row = this.db
      .prepare<[number], EntryRow & { changes: string }>('SELECT * FROM journal WHERE id = ?')
      .get(entryId);
    if (!row) throw notFound('change');
    if (row.is_undone === 1) throw new AppError('failed-precondition', 'It is undone already.');
    const changes = z.array(Change).parse(JSON.parse(row.changes));
    const keyOf = (table: Table, of: Row): string => keysByTable[table].map((column) => of[column]).join(' ');
    return { label: row.label, changes: joinChanges(changes, keyOf) };
  }

  list(limit = 500): History {
    const entries = this.db
      .prepare<[number], EntryRow>('SELECT id, label, at, is_undone FROM journal ORDER BY id DESC LIMIT ?')
      .all(limit)
      .map(toEntry);
    return {
      entries,
      canUndo: this.hasAny(false),
      canRedo: this.hasAny(true),
    };
  }

  private hasAny(isUndone: boolean): boolean {
    return this.db.prepare('SELECT 1 FROM journal WHERE is_undone = ? LIMIT 1').get(isUndone ? 1 : 0) !== undefined;
  }

  private replay(query: string, isUndo: boolean): HistoryEntry | null {
    return this.db
      .transaction(() => {
        const row = this.db.prepare<[], EntryRow & { changes: string }>(query).get();
        if (!row) return null;
        const changes = z.array(Change).parse(JSON.parse(row.changes));
        for (const change of isUndo ? changes.toReversed() : changes) {
          const key = change.after ?? change.before;
          if (key) this.write(change.table, key, isUndo ? change.before : change.after);
        }
        this.db.prepare('UPDATE journal SET is_undone = ? WHERE id = ?').run(isUndo ? 1 : 0, row.id);
        return toEntry({ ...row, is_undone: isUndo ? 1 : 0 });
      })
      .immediate();
  }

  /** Makes the row with `key`'s key columns equal `after` (null: gone) and tells what changed. */
  private write(table: Table, key: Row, after: Row | null): Change {
    const before = this.read(table, key);
    if (after === null && before === null) return { table, before, after };
    if (after === null) {
      this.prepared<[Row], Row>(`DELETE FROM ${table} WHERE ${whereKey(table)}`).run(keyOnly(table, key));
      return { table, before, after: null };
    }
    const columns = Object.keys(after);
    if (!columns.every((column) => COLUMN.test(column))) throw new Error(`A column of ${table} has no proper name.`);
    const updates = columns.map((column) => `${column} = excluded.${column}`).join(', ');
    const written = this.prepared<[Row], Row>(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})
       ON CONFLICT (${keysByTable[table].join(', ')}) DO UPDATE SET ${updates} RETURNING *`,
    ).get(after);
    return { table, before, after: written ?? null };
  }

  private read(table: Table, key: Row): Row | null {
    return (
      this.prepared<[Row], Row>(`SELECT * FROM ${table} WHERE ${whereKey(table)}`).get(keyOnly(table, key)) ?? null
    );
  }

  /** Compiling a statement takes longer than running it, and an edit may write thousands of rows. */
  private prepared<Parameters extends unknown[], Result>(query: string): Statement<Parameters, Result> {
    let statement = this.statements.get(query);
    if (!statement) this.statements.set(query, (statement = this.db.prepare(query)));
    return statement as Statement<Parameters, Result>;
  }
}

const COLUMN = /^[a-z_]+$/;

function whereKey(table: Table): string {
  return keysByTable[table].map((column) => `${column} = @${column}`).join(' AND ');
}

/** SQLite takes no more parameters than the statement names. */
function keyOnly(table: Table, row: Row): Row {
  return Object.fromEntries(keysByTable[table].map((column) => [column, row[column]!]));
}

interface EntryRow {
  id: number;
  label: string;
  at: string;
  is_undone: number;
}

function toEntry(row: EntryRow): HistoryEntry {
  return { id: row.id as HistoryEntry['id'], label: row.label, at: row.at, isUndone: row.is_undone === 1 };
}

/** Thrown where an edit names something that is gone. */
export function notFound(what: string): AppError {
  return new AppError('not-found', `That ${what} is not there any more.`);
}
