import type { ExportOptions, ExportState } from '@shared/model/export';

import type { Db } from './open-database';

/** @file The journal of exports: what was planned, and how far each file has come. See [Note: An export as a transaction]. */

export type ExportFileKind = 'photo' | 'sidecar' | 'xmp' | 'manifest';

/**
 * `planned` → `writing` → `written` (→ `moved`, when the source is gone too). `unchanged`: an identical file was there already.
 * `skipped`: another file was there. Undo makes `written` and `moved` into `undone`, or `kept` with the reason.
 */
export type ExportFileState =
  'planned' | 'writing' | 'written' | 'moved' | 'unchanged' | 'skipped' | 'failed' | 'undone' | 'kept';

export interface ExportFileRow {
  fileIndex: number;
  kind: ExportFileKind;
  photoId: number | null;
  source: string;
  path: string;
  target: string;
  sizeBytes: number;
  contentHash: string | null;
  sha256: string | null;
  targetMtimeMs: number | null;
  state: ExportFileState;
  reason: string | null;
  /** What Kindred writes itself; null where a source is copied. */
  content: string | null;
}

export interface ExportRow {
  id: number;
  destination: string;
  options: ExportOptions;
  state: ExportState;
  reason: string | null;
  madeFolders: string[];
  startedAt: string;
}

const fileColumns = `file_index AS fileIndex, kind, photo_id AS photoId, source, path, target, size_bytes AS sizeBytes,
  content_hash AS contentHash, sha256, target_mtime_ms AS targetMtimeMs, export_files.state, export_files.reason, content`;

/** Stores a plan and gives its id. */
export function insertExport(
  db: Db,
  { destination, options, startedAt }: Pick<ExportRow, 'destination' | 'options' | 'startedAt'>,
  files: readonly ExportFileRow[],
): number {
  const insertFile = db.prepare(
    `INSERT INTO export_files (export_id, file_index, kind, photo_id, source, path, target, size_bytes, content_hash, sha256,
       target_mtime_ms, state, reason, content)
     VALUES (:exportId, :fileIndex, :kind, :photoId, :source, :path, :target, :sizeBytes, :contentHash, :sha256,
       :targetMtimeMs, :state, :reason, :content)`,
  );
  return db.transaction(() => {
    const { lastInsertRowid } = db
      .prepare(`INSERT INTO exports (destination, options, state, started_at) VALUES (?, ?, 'planned', ?)`)
      .run(destination, JSON.stringify(options), startedAt);
    const exportId = Number(lastInsertRowid);
    for (const file of files) insertFile.run({ ...file, exportId });
    return exportId;
  })();
}

interface RawExportRow extends Omit<ExportRow, 'options' | 'madeFolders'> {
  options: string;
  madeFolders: string;
}

const exportColumns = 'id, destination, options, state, reason, made_folders AS madeFolders, started_at AS startedAt';

function fromRaw(row: RawExportRow): ExportRow {
  return {
    ...row,
    options: JSON.parse(row.options) as ExportOptions,
    madeFolders: JSON.parse(row.madeFolders) as string[],
  };
}

export function findExport(db: Db, id: number): ExportRow | null {
  const row = db.prepare(`SELECT ${exportColumns} FROM exports WHERE id = ?`).get(id) as RawExportRow | undefined;
  return row ? fromRaw(row) : null;
}

/** Every export that was started, newest first. */
export function findExports(db: Db): ExportRow[] {
  const rows = db.prepare(`SELECT ${exportColumns} FROM exports WHERE state <> 'planned' ORDER BY id DESC`).all();
  return (rows as RawExportRow[]).map(fromRaw);
}

export function exportFiles(db: Db, id: number, states?: readonly ExportFileState[]): ExportFileRow[] {
  const filter = states ? `AND state IN (${states.map((state) => `'${state}'`).join(', ')})` : '';
  return db
    .prepare(`SELECT ${fileColumns} FROM export_files WHERE export_id = ? ${filter} ORDER BY file_index`)
    .all(id) as ExportFileRow[];
}

export interface ExportSummary {
  numFiles: number;
  /** Standing at the destination because of this export. */
  numWritten: number;
  numSkipped: number;
  numVerified: number;
  /** Of the written files. */
  sizeBytes: number;
  failed: { path: string; reason: string | null }[];
}

/** Counts in SQL: a list of exports must not load every file of each. */
export function summarizeExport(db: Db, id: number): ExportSummary {
  const counts = db
    .prepare(
      `SELECT count(*) AS numFiles,
         count(*) FILTER (WHERE state IN ('written', 'moved', 'kept')) AS numWritten,
         count(*) FILTER (WHERE state IN ('unchanged', 'skipped')) AS numSkipped,
         count(*) FILTER (WHERE state IN ('written', 'moved', 'kept') AND sha256 IS NOT NULL) AS numVerified,
         coalesce(sum(size_bytes) FILTER (WHERE state IN ('written', 'moved', 'kept')), 0) AS sizeBytes
       FROM export_files WHERE export_id = ?`,
    )
    .get(id) as Omit<ExportSummary, 'failed'>;
  const failed = db
    .prepare(
      `SELECT path, reason FROM export_files WHERE export_id = ? AND state IN ('failed', 'kept') ORDER BY file_index`,
    )
    .all(id) as ExportSummary['failed'];
  return { ...counts, failed };
}

/** Files earlier exports left at a destination, newest record by target: known without reading them again. */
export function writtenBefore(db: Db, destination: string): Map<string, ExportFileRow> {
  const rows = db
    .prepare(
      `SELECT ${fileColumns} FROM export_files JOIN exports ON exports.id = export_id
       WHERE destination = ? AND export_files.state IN ('written', 'moved') ORDER BY export_id`,
    )
    .all(destination) as ExportFileRow[];
  return new Map(rows.map((row) => [row.target, row]));
}

export function setExportState(db: Db, id: number, state: ExportState, reason: string | null = null): void {
  db.prepare('UPDATE exports SET state = ?, reason = ? WHERE id = ?').run(state, reason, id);
}

/** Notes a folder before it is made. */
export function addMadeFolder(db: Db, id: number, folder: string): void {
  db.prepare(`UPDATE exports SET made_folders = json_insert(made_folders, '$[#]', ?) WHERE id = ?`).run(folder, id);
}

export type ExportFileChange = Partial<
  Pick<ExportFileRow, 'target' | 'sha256' | 'targetMtimeMs' | 'state' | 'reason' | 'sizeBytes'>
>;

const columnByField: Record<keyof ExportFileChange, string> = {
  target: 'target',
  sha256: 'sha256',
  targetMtimeMs: 'target_mtime_ms',
  state: 'state',
  reason: 'reason',
  sizeBytes: 'size_bytes',
};

export function setExportFile(db: Db, exportId: number, fileIndex: number, change: ExportFileChange): void {
  const fields = Object.keys(change) as (keyof ExportFileChange)[];
  const assignments = fields.map((field) => `${columnByField[field]} = :${field}`).join(', ');
  db.prepare(`UPDATE export_files SET ${assignments} WHERE export_id = :exportId AND file_index = :fileIndex`).run({
    ...change,
    exportId,
    fileIndex,
  });
}

/** Forgets plans that were never started and are not this one. */
export function deletePlans(db: Db, except: number): void {
  db.prepare(`DELETE FROM exports WHERE state = 'planned' AND id < ?`).run(except);
}
