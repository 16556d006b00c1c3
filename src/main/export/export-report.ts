import { AppError } from '@shared/ipc/errors';
import type { ExportReport } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { type ExportRow, findExport, findExports, summarizeExport } from '../store/exports';
import type { Db } from '../store/open-database';

/** What became of an export's files. @throws {AppError} `not-found`. */
export function exportReport(db: Db, exportId: number): ExportReport {
  const row = findExport(db, exportId);
  if (!row) throw new AppError('not-found', 'There is no such export.');
  return describe(db, row);
}

/** Every export that was started, newest first. */
export function listExports(db: Db): ExportReport[] {
  return findExports(db).map((row) => describe(db, row));
}

function describe(db: Db, row: ExportRow): ExportReport {
  const { numFiles, numWritten, numSkipped, numVerified, sizeBytes, failed } = summarizeExport(db, row.id);
  const isCopied = row.options.mode === 'copy' || row.options.mode === 'move';
  return {
    id: row.id as ExportId,
    state: row.state,
    destination: row.destination,
    mode: row.options.mode,
    startedAt: row.startedAt,
    numPlanned: numFiles,
    numWritten,
    numSkipped,
    numVerified,
    bytesWritten: isCopied ? sizeBytes : 0,
    failed: failed.map(({ path, reason }) => ({ path, reason: reason ?? 'It could not be written.' })),
  };
}
