import { stat } from 'node:fs/promises';

import { throwIfAborted } from '@shared/ipc/errors';
import type { ExportOptions, ExportPlan } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { fsPath, shownPath } from '../path-bytes';
import { deletePlans, type ExportFileRow, insertExport } from '../store/exports';
import type { Db } from '../store/open-database';
import { checkDestination, type Destination, findDestination } from './destination';
import type { ExportItem } from './export-item';
import { planFiles } from './plan-files';

export interface PlanExportInput {
  db: Db;
  /** Folders that are never written to. */
  libraryFolders: readonly string[];
  items: readonly ExportItem[];
  options: ExportOptions;
  /** Photos in no group that stay behind. */
  numUngrouped?: number;
  signal?: AbortSignal;
}

/** FAT keeps times to two seconds. */
const SAME_TIME_MS = 2000;
/** A plan names this many of the conflicts: enough to see what they are. */
const MAX_CONFLICTS_SHOWN = 50;

/** Works out what an export would write, stores it as a plan, and writes nothing else. See [Note: Names in an export]. */
export async function planExport({
  db,
  libraryFolders,
  items,
  options,
  numUngrouped = 0,
  signal,
}: PlanExportInput): Promise<ExportPlan> {
  const destination = await findDestination(options.destination);
  const { files, conflicts } = await planFiles(db, items, options, destination.path, signal);
  const toWrite = files.filter(({ state }) => state === 'planned');
  const isLink = options.mode === 'hardlink' || options.mode === 'symlink';
  const sizeBytes = toWrite.reduce((sum, file) => sum + (isLink && file.content === null ? 0 : file.sizeBytes), 0);
  const problems = await checkDestination(destination, libraryFolders, sizeBytes);
  if (options.mode === 'hardlink') problems.push(...(await checkSameDrive(toWrite, destination)));
  if (items.length === 0) problems.push('There is nothing to export.');

  const id = insertExport(db, { destination: destination.path, options, startedAt: new Date().toISOString() }, files);
  deletePlans(db, id);
  return {
    id: id as ExportId,
    destination: destination.path,
    mode: options.mode,
    numFiles: files.length,
    sizeBytes,
    numUnchanged: files.filter(({ state }) => state === 'unchanged').length,
    folders: summarizeFolders(files),
    freeBytes: destination.freeBytes,
    numConflicts: conflicts.length,
    conflicts: conflicts.slice(0, MAX_CONFLICTS_SHOWN),
    numSkipped: files.filter(({ state }) => state === 'skipped').length,
    numUngrouped,
    changed: await findChanged(items, signal),
    problems,
  };
}

/** Originals that are not what they were when they were sorted into their groups: a scan would look at them again. */
async function findChanged(items: readonly ExportItem[], signal?: AbortSignal): Promise<string[]> {
  const changed: string[] = [];
  for (const { source, path, sizeBytes, mtimeMs } of items) {
    throwIfAborted(signal);
    const there = await stat(fsPath(source)).catch(() => null);
    if (!there) continue;
    const isSame = mtimeMs === undefined || Math.abs(there.mtimeMs - mtimeMs) <= SAME_TIME_MS;
    if (there.size !== sizeBytes || !isSame) changed.push(shownPath(path));
  }
  return changed;
}

async function checkSameDrive(files: readonly ExportFileRow[], destination: Destination): Promise<string[]> {
  for (const { source, content } of files) {
    const there = content === null ? await stat(fsPath(source)).catch(() => null) : null;
    if (there && there.dev !== destination.device) {
      return ['Hard links work only on the drive that the photos are on. Choose a place there, or copy.'];
    }
  }
  return [];
}

function summarizeFolders(files: readonly ExportFileRow[]): ExportPlan['folders'] {
  const byName = new Map<string, { name: string; numFiles: number; sizeBytes: number }>();
  for (const { target, sizeBytes, kind } of files) {
    if (kind === 'manifest') continue;
    const name = target.slice(0, target.lastIndexOf('/'));
    const folder = byName.get(name) ?? { name, numFiles: 0, sizeBytes: 0 };
    folder.numFiles++;
    folder.sizeBytes += sizeBytes;
    byName.set(name, folder);
  }
  return [...byName.values()];
}
