import { AppError } from '@shared/ipc/errors';
import type { ExportReport } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { exportFiles, type ExportFileRow, type ExportRow, findExport, findExports } from '../store/exports';
import type { Db } from '../store/open-database';

/** What became of an export's files. @throws {AppError} `not-found`. */
export function exportReport(db: Db, exportId: number): ExportReport {
  const row = findExport(db, exportId);
  if (!row) throw new AppError('not-found', 'There is no such export.');
  return summarize(row, exportFiles(db, exportId));
}

/** Every export that was started, newest first. */
export function listExports(db: Db): ExportReport[] {
  return findExports(db).map((row) => summarize(row, exportFiles(db, row.id)));
}

function summarize(row: ExportRow, files: readonly ExportFileRow[]): ExportReport {
  const written = files.filter(({ state }) => state === 'written' || state === 'moved' || state === 'kept');
  const isCopied = row.options.mode === 'copy' || row.options.mode === 'move';
  return {
    id: row.id as ExportId,
    state: row.state,
    destination: row.destination,
    mode: row.options.mode,
    startedAt: row.startedAt,
    numPlanned: files.length,
    numWritten: written.length,
    numSkipped: files.filter(({ state }) => state === 'unchanged' || state === 'skipped').length,
    numVerified: written.filter(({ sha256 }) => sha256 !== null).length,
    bytesWritten: isCopied ? written.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : 0,
    failed: files
      .filter(({ state }) => state === 'failed' || state === 'kept')
      .map(({ path, reason }) => ({ path, reason: reason ?? 'It could not be written.' })),
  };
}
