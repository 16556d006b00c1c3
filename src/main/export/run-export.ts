/**
 * @file [Note: An export as a transaction] Every step of every file is in the library's journal before or right after it happens:
 *
 *   planned → writing → written (→ moved)
 *
 * `writing` is noted before the first byte, `written` after the final name is on the disk. A killed export is resumed by looking at
 * each `writing` file: its final name stands there whole (then only the note was missing), or it does not (then it is done
 * again; the temporary name is known from the plan). A moved original is removed only after its copy was compared and flushed.
 */
import { lstat, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { AppError, throwIfAborted } from '@shared/ipc/errors';
import type { ExportProgress, ExportReport } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import {
  exportFiles,
  type ExportFileRow,
  type ExportRow,
  findExport,
  setExportFile,
  setExportState,
} from '../store/exports';
import type { Db } from '../store/open-database';
import { checkDestination, findDestination } from './destination';
import { exportReport } from './export-report';
import { hashFile, hashText } from '../hash-file';
import { fsPath, shownPath } from '../path-bytes';
import { nameKey, numberedName, safeFileName } from './safe-names';
import { createTargetFolders } from './target-folders';
import {
  copyVerified,
  DestinationError,
  ExportFileError,
  linkFile,
  linkToMove,
  syncFolder,
  TargetTakenError,
  type WrittenFile,
  writeVerified,
} from './write-file';

export interface RunExportInput {
  db: Db;
  exportId: number;
  /** Folders that are never written to. */
  libraryFolders: readonly string[];
  /** Moving needs the person's second yes. */
  confirmed?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
}

/**
 * Writes what was planned, or goes on with what was interrupted.
 *
 * @throws {AppError} `failed-precondition` when it may not start or had to stop; `cancelled`. What is done stays done, and the
 *   export can be resumed.
 */
export async function runExport(input: RunExportInput): Promise<ExportReport> {
  const { db, exportId, libraryFolders, confirmed } = input;
  const row = requireExport(db, exportId);
  if (row.state === 'undone' || row.state === 'undoing') {
    throw new AppError('failed-precondition', 'This export was undone. Plan a new one.');
  }
  if (row.state === 'done') return exportReport(db, exportId);
  if (row.state === 'planned' && row.options.mode === 'move' && confirmed !== true) {
    throw new AppError(
      'failed-precondition',
      'Moving takes the originals out of their folder and has to be confirmed.',
    );
  }
  if (row.options.conflicts === 'ask' && exportFiles(db, exportId, ['skipped']).length > 0) {
    throw new AppError('failed-precondition', 'Names are taken by other files there. Choose what becomes of them.');
  }
  const open = exportFiles(db, exportId, ['planned', 'writing', 'failed', 'written']);
  const neededBytes = bytesToWrite(open, row);
  const problems = await checkDestination(await findDestination(row.destination), libraryFolders, neededBytes);
  if (problems.length > 0) throw new AppError('failed-precondition', problems.join(' '));

  setExportState(db, exportId, 'running');
  try {
    await writeAll(row, open, input);
    await cleanTemporaries(row, open);
    setExportState(db, exportId, 'done');
  } catch (error) {
    const stopped =
      error instanceof DestinationError ? new AppError('failed-precondition', error.message, { cause: error }) : error;
    setExportState(
      db,
      exportId,
      'interrupted',
      stopped instanceof AppError ? stopped.message : 'It stopped unexpectedly.',
    );
    throw stopped;
  }
  return exportReport(db, exportId);
}

export function requireExport(db: Db, exportId: number): ExportRow {
  const row = findExport(db, exportId);
  if (!row) throw new AppError('not-found', 'There is no such export.');
  return row;
}

function bytesToWrite(files: readonly ExportFileRow[], { options }: ExportRow): number {
  if (options.mode === 'hardlink' || options.mode === 'symlink') return 0;
  return files.reduce((sum, { state, sizeBytes }) => sum + (state === 'written' ? 0 : sizeBytes), 0);
}

async function writeAll(row: ExportRow, open: readonly ExportFileRow[], input: RunExportInput): Promise<void> {
  const { db, exportId, signal, onProgress } = input;
  const files = exportFiles(db, exportId);
  const taken = new Set(files.map(({ target }) => nameKey(target)));
  const folders = createTargetFolders(db, exportId, row.destination, row.madeFolders);
  let done = files.length - open.length;
  let bytesWritten = 0;
  const report = (): void => {
    onProgress?.({ id: exportId as ExportId, state: 'running', done, total: files.length, bytesWritten });
  };
  report();
  for (const file of open) {
    throwIfAborted(signal);
    try {
      if (file.state === 'written') {
        if (row.options.mode === 'move') await removeOriginal(db, row, file);
      } else {
        await folders.ensure(dirname(file.target));
        const written = await writeOne(db, row, file, taken, signal);
        if (written) bytesWritten += written.sizeBytes;
        if (written && row.options.mode === 'move') await removeOriginal(db, row, written);
      }
    } catch (error) {
      if (!(error instanceof ExportFileError)) throw error;
      setExportFile(db, exportId, file.fileIndex, { state: 'failed', reason: error.message });
    }
    done++;
    report();
  }
}

/** Brings one file to its place. @returns The file as written; null where nothing was to be written. */
async function writeOne(
  db: Db,
  row: ExportRow,
  file: ExportFileRow,
  taken: Set<string>,
  signal: AbortSignal | undefined,
): Promise<ExportFileRow | null> {
  const { mode, conflicts } = row.options;
  if (file.state === 'writing') {
    const finished = await findFinished(row, file);
    if (finished) {
      setExportFile(db, row.id, file.fileIndex, finished);
      return { ...file, ...finished };
    }
  }
  let { target } = file;
  for (let number = 2; ;) {
    setExportFile(db, row.id, file.fileIndex, { state: 'writing', target, reason: null });
    try {
      const path = join(row.destination, target);
      const temporary = temporaryPath(row, file, target);
      let written: WrittenFile;
      if (file.content !== null) written = await writeVerified(file.content, path, temporary);
      else if (mode === 'copy' || mode === 'move') {
        const linked = mode === 'move' ? await linkToMove(file.source, path) : null;
        written = linked ?? (await copyVerified(file.source, path, temporary, signal));
      } else written = await linkFile(file.source, path, mode);
      const change = { ...written, target, state: 'written' as const };
      setExportFile(db, row.id, file.fileIndex, change);
      return { ...file, ...change };
    } catch (error) {
      if (!(error instanceof TargetTakenError)) throw error;
      if (await isSame(join(row.destination, target), file)) {
        setExportFile(db, row.id, file.fileIndex, { state: 'unchanged' });
        return null;
      }
      if (conflicts === 'ask') {
        throw new ExportFileError('Another file with this name came to be there since the plan; it was left alone.');
      }
      if (conflicts === 'skip') {
        const reason = 'Another file with this name is already there.';
        setExportFile(db, row.id, file.fileIndex, { state: 'skipped', reason });
        return null;
      }
      const name = safeFileName(basename(shownPath(file.path)));
      do target = join(dirname(file.target), numberedName(name, number++)).replaceAll('\\', '/');
      while (taken.has(nameKey(target)));
      taken.add(nameKey(target));
    }
  }
}

/** After a crash: the final name stands there whole, and only the note about it is missing. */
async function findFinished(
  row: ExportRow,
  file: ExportFileRow,
): Promise<Pick<ExportFileRow, 'state' | 'sha256' | 'targetMtimeMs' | 'sizeBytes'> | null> {
  const path = join(row.destination, file.target);
  const there = await lstat(path).catch(() => null);
  if (!there) return null;
  const [copied, original] = await Promise.all([hashFile(path).catch(() => null), originalHash(file)]);
  if (copied === null || copied !== original) return null;
  await rm(temporaryPath(row, file, file.target), { force: true });
  await syncFolder(dirname(path));
  return { state: 'written', sha256: original, targetMtimeMs: there.mtimeMs, sizeBytes: file.sizeBytes };
}

async function isSame(path: string, file: ExportFileRow): Promise<boolean> {
  const there = await lstat(path).catch(() => null);
  if (!there?.isFile()) return false;
  return (await hashFile(path)) === (await originalHash(file));
}

/** SHA-256 of what the target must hold, as it is now; null where it cannot be read. */
export async function originalHash({ source, content }: ExportFileRow): Promise<string | null> {
  return content === null ? hashFile(source).catch(() => null) : hashText(content);
}

/** Takes a moved original away, if it is still what was copied and the copy is what it should be. */
async function removeOriginal(db: Db, row: ExportRow, file: ExportFileRow): Promise<void> {
  const original = file.content === null ? await lstat(fsPath(file.source)).catch(() => null) : null;
  if (original) {
    const [source, target] = [
      await hashFile(file.source),
      await hashFile(join(row.destination, file.target)).catch(() => null),
    ];
    if (source !== file.sha256 || target !== file.sha256) {
      throw new ExportFileError('The original was changed after it was copied, so it stays where it is.');
    }
    try {
      await unlink(fsPath(file.source));
    } catch (error) {
      throw new ExportFileError('The photo was copied, but there is no permission to remove the original.', {
        cause: error,
      });
    }
    await syncFolder(dirname(file.source));
  }
  setExportFile(db, row.id, file.fileIndex, { state: 'moved' });
}

/** The name a file has while it is written: known from the plan, so a crash leaves nothing that cannot be found again. */
export function temporaryPath(row: ExportRow, file: ExportFileRow, target: string): string {
  const stamp = Date.parse(row.startedAt).toString(36);
  return join(row.destination, dirname(target), `.kindred-${stamp}-${file.fileIndex}.part`);
}

async function cleanTemporaries(row: ExportRow, files: readonly ExportFileRow[]): Promise<void> {
  for (const file of files) {
    if (file.state === 'writing') await rm(temporaryPath(row, file, file.target), { force: true });
  }
}
