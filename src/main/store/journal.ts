import { z } from 'zod';

import { AppError } from '@shared/ipc/errors';
import type { History, HistoryEntry } from '@shared/model/history';

import type { Db } from './open-database';

/**
 * @file Undo for everything the person does.
 *
 * [Note: The journal keeps rows, not commands] An edit changes rows of a few tables that only the person writes. The journal keeps each
 * row before and after, in one transaction with the edit itself; undoing writes the rows before, redoing the rows after. So every edit has
 * an inverse without one being written, a crash leaves either both or neither, and undoing all gives back the start to the byte.
 */

type Cell = string | number | null;
type Row = Record<string, Cell>;

/** The tables a person's edits may touch, with their keys. */
const keysByTable = {
  groups: ['id'],
  overrides: ['photo_id'],
  rejections: ['photo_id', 'group_id'],
  pair_constraints: ['photo_id', 'other_photo_id'],
  run_choices: ['newest_run_id'],
} as const satisfies Record<string, readonly string[]>;
type Table = keyof typeof keysByTable;

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
  constructor(private readonly db: Db) {}

  /** Runs an edit and its journal entry in one transaction. What was undone before can no longer be redone. */
  record<T>(label: string, edit: (rows: RowEditor) => T): { entry: HistoryEntry; result: T } {
    return this.db
      .transaction(() => {
        const changes: Change[] = [];
        const result = edit({
          put: (table, row) => changes.push(this.write(table, row, row)),
          remove: (table, key) => changes.push(this.write(table, key, null)),
        });
        this.db.prepare('DELETE FROM journal WHERE is_undone = 1').run();
        const at = new Date().toISOString();
        const { lastInsertRowid } = this.db
          .prepare('INSERT INTO journal (label, changes, at) VALUES (?, ?, ?)')
          .run(label, JSON.stringify(changes), at);
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

  list(limit = 500): History {
    const entries = this.db
      .prepare<[number], EntryRow>('SELECT id, label, at, is_undone FROM journal ORDER BY id DESC LIMIT ?')
      .all(limit)
      .map(toEntry);
    return {
      entries,
      canUndo: entries.some((entry) => !entry.isUndone),
      canRedo: entries.some((entry) => entry.isUndone),
    };
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
    const keys = keysByTable[table];
    // SQLite takes no more parameters than the statement names.
    const keyOnly: Row = Object.fromEntries(keys.map((column) => [column, key[column]!]));
    const where = keys.map((column) => `${column} = @${column}`).join(' AND ');
    const before = this.db.prepare<[Row], Row>(`SELECT * FROM ${table} WHERE ${where}`).get(keyOnly) ?? null;
    if (after === null) {
      this.db.prepare(`DELETE FROM ${table} WHERE ${where}`).run(keyOnly);
    } else {
      const columns = Object.keys(RowJson.parse(after));
      const updates = columns.map((column) => `${column} = excluded.${column}`).join(', ');
      this.db
        .prepare(
          `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})
           ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${updates}`,
        )
        .run(after);
    }
    return {
      table,
      before,
      after: this.db.prepare<[Row], Row>(`SELECT * FROM ${table} WHERE ${where}`).get(keyOnly) ?? null,
    };
  }
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
