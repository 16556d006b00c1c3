/** @file Whether one entry of the journal can be taken back though others came after it. */

type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** A row before an entry and after it; null: not there. */
export interface RowChange<Table extends string> {
  table: Table;
  before: Row | null;
  after: Row | null;
}

/** Several writes of one row in one entry are one change. */
export function joinChanges<Table extends string>(
  changes: readonly RowChange<Table>[],
  keyOf: (table: Table, row: Row) => string,
): RowChange<Table>[] {
  const byKey = new Map<string, RowChange<Table>>();
  for (const change of changes) {
    const row = change.after ?? change.before;
    if (!row) continue;
    const key = `${change.table} ${keyOf(change.table, row)}`;
    byKey.set(key, { ...change, before: byKey.has(key) ? byKey.get(key)!.before : change.before });
  }
  return [...byKey.values()];
}

/**
 * What a row has to become for its change to be taken back: only the columns that the change touched, so that a group that was pinned after
 * it was renamed can lose the name and stay pinned.
 *
 * @returns The row (null: to be removed), or undefined where it was changed again since.
 */
export function revertedRow({ before, after }: RowChange<string>, current: Row | null): Row | null | undefined {
  if (after === null) return current === null ? before : undefined;
  if (current === null) return undefined;
  const columns = Object.keys(after).filter((column) => before === null || before[column] !== after[column]);
  if (columns.some((column) => current[column] !== after[column])) return undefined;
  if (before === null) return null;
  return { ...current, ...Object.fromEntries(columns.map((column) => [column, before[column]!])) };
}
