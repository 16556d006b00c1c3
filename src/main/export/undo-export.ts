/**
 * @file Undo: what an export wrote goes away again, if nobody changed it since and if its original is safe. A file that was changed, or
 * that has become the only copy of its photo, stays and is listed. Undo is as resumable as the export.
 */
import { lstat, readlink, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { AppError, throwIfAborted } from '@shared/ipc/errors';
import type { ExportProgress, ExportReport } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { exportFiles, type ExportFileRow, type ExportRow, setExportFile, setExportState } from '../store/exports';
import type { Db } from '../store/open-database';
import { exportReport } from './export-report';
import { hashFile } from '../hash-file';
import { fsPath } from '../path-bytes';
import { originalHash, requireExport, temporaryPath } from './run-export';
import { copyVerified, ExportFileError, linkToMove, syncFolder, TargetTakenError } from './write-file';

export interface UndoExportInput {
  db: Db;
  exportId: number;
  signal?: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
}

/**
 * Removes what an export wrote; brings moved originals back first. Ends in state `undone`, with what had to stay listed as failed.
 *
 * @throws {AppError} `failed-precondition` for an export that was never started; `cancelled`.
 */
export async function undoExport({ db, exportId, signal, onProgress }: UndoExportInput): Promise<ExportReport> {
  const row = requireExport(db, exportId);
  if (row.state === 'planned') throw new AppError('failed-precondition', 'This export has not been started.');
  if (row.state === 'undone') return exportReport(db, exportId);
  setExportState(db, exportId, 'undoing');
  const files = exportFiles(db, exportId);
  let done = 0;
  for (const file of files) {
    throwIfAborted(signal);
    await undoOne(db, row, file, signal);
    onProgress?.({ id: exportId as ExportId, state: 'undoing', done: ++done, total: files.length, bytesWritten: 0 });
  }
  for (const folder of requireExport(db, exportId).madeFolders.toReversed()) {
    // Not empty: somebody put something there.
    await rmdir(folder).catch(() => undefined);
    await syncFolder(dirname(folder)).catch(() => undefined);
  }
  setExportState(db, exportId, 'undone');
  return exportReport(db, exportId);
}

async function undoOne(db: Db, row: ExportRow, file: ExportFileRow, signal: AbortSignal | undefined): Promise<void> {
  const set = (state: ExportFileRow['state'], reason: string | null = null): void =>
    setExportFile(db, row.id, file.fileIndex, { state, reason });
  if (file.state !== 'written' && file.state !== 'moved' && file.state !== 'writing' && file.state !== 'kept') return;
  if (file.state === 'writing') await rm(temporaryPath(row, file, file.target), { force: true });
  try {
    const target = join(row.destination, file.target);
    const sha256 = file.sha256 ?? (await originalHash(file));
    const there = await lstat(target).catch(() => null);
    if (there && !(await isOurs(target, row, file, sha256))) {
      // A file that was never finished is not ours to judge; one that was finished has been changed.
      return file.state === 'writing' ? set('undone') : set('kept', 'It was changed after the export, so it stays.');
    }
    if (file.state === 'moved' && there && file.content === null) await bringBack(row, file, signal);
    if (there) {
      await requireOriginal(row, file, sha256);
      await unlink(target);
      await syncFolder(dirname(target));
    }
    set('undone');
  } catch (error) {
    throwIfAborted(signal);
    if (!(error instanceof ExportFileError)) throw error;
    set('kept', error.message);
  }
}

/** Still exactly what the export put there. */
async function isOurs(target: string, row: ExportRow, file: ExportFileRow, sha256: string | null): Promise<boolean> {
  const there = await lstat(target);
  if (row.options.mode === 'symlink' && file.content === null)
    return (
      there.isSymbolicLink() &&
      (await readlink(target, { encoding: 'buffer' })).equals(Buffer.from(fsPath(file.source)))
    );
  return there.isFile() && sha256 !== null && (await hashFile(target)) === sha256;
}

/** Refuses to remove what has become the only copy of a photo. A symlink holds nothing, so it may always go. */
async function requireOriginal(row: ExportRow, file: ExportFileRow, sha256: string | null): Promise<void> {
  if (row.options.mode === 'symlink' || file.content !== null) return;
  const original = await originalHash(file);
  if (original === null) throw new ExportFileError('Its original is not there any more, so this copy stays.');
  if (original !== sha256) throw new ExportFileError('Its original was changed since, so this copy stays.');
}

/** Puts a moved original back where it was, checked, before its copy goes. */
async function bringBack(row: ExportRow, file: ExportFileRow, signal: AbortSignal | undefined): Promise<void> {
  const temporary = join(
    dirname(file.source),
    `.kindred-${Date.parse(row.startedAt).toString(36)}-${file.fileIndex}.part`,
  );
  await rm(fsPath(temporary), { force: true });
  if (await lstat(fsPath(file.source)).catch(() => null)) return;
  try {
    const target = join(row.destination, file.target);
    if (!(await linkToMove(target, file.source))) await copyVerified(target, file.source, temporary, signal);
  } catch (error) {
    if (error instanceof TargetTakenError) return;
    throw error instanceof Error && error.name === 'DestinationError'
      ? new ExportFileError('The original could not be put back: its drive is full or gone. The copy stays.', {
          cause: error,
        })
      : error;
  }
}
