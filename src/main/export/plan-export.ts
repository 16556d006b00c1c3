import { lstat, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { throwIfAborted } from '@shared/ipc/errors';
import type { ExportOptions, ExportPlan } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { deletePlans, type ExportFileRow, insertExport, writtenBefore } from '../store/exports';
import type { Db } from '../store/open-database';
import { checkDestination, type Destination, findDestination } from './destination';
import { hashFile } from './hash-file';
import { nameKey, numberedName, safeFileName, safeFolderName } from './safe-names';

/** A photo that is to be exported, and where it goes. */
export interface ExportItem {
  photoId: number;
  /** Absolute path of the original. */
  source: string;
  /** The same relative to its library folder: what the person reads. */
  path: string;
  /** Folder for its group, from {@link exportFolderNames}; may have parts, '/' between them ("Beach/2024"). */
  folder: string;
  sizeBytes: number;
  contentHash: string;
}

export interface PlanExportInput {
  db: Db;
  /** Folders that are never written to. */
  libraryFolders: readonly string[];
  items: readonly ExportItem[];
  options: ExportOptions;
  signal?: AbortSignal;
}

/**
 * Works out what an export would write, stores it as a plan, and writes nothing else.
 *
 * [Note: Names in an export] Files of one folder are taken in the order of their original paths. Each tries `name.jpg`,
 * `name (2).jpg`, … and takes the first that this plan has not given away and that is free on the disk, or holds the very same
 * content already. So a second export finds every file where the first put it, whatever was added since.
 */
export async function planExport({ db, libraryFolders, items, options, signal }: PlanExportInput): Promise<ExportPlan> {
  const destination = await findDestination(options.destination);
  const files = await planFiles(db, items, options, destination, signal);
  const toWrite = files.filter(({ state }) => state === 'planned');
  const isLink = options.mode === 'hardlink' || options.mode === 'symlink';
  const sizeBytes = isLink ? 0 : sumBytes(toWrite);
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
    problems,
  };
}

async function planFiles(
  db: Db,
  items: readonly ExportItem[],
  options: ExportOptions,
  destination: Destination,
  signal: AbortSignal | undefined,
): Promise<ExportFileRow[]> {
  const ordered = items
    .map((item) => ({ ...item, folder: item.folder.split('/').map(safeFolderName).join('/') }))
    .sort((a, b) => compare(a.folder, b.folder) || compare(a.path, b.path) || a.photoId - b.photoId);
  const before = writtenBefore(db, destination.path);
  const taken = new Set<string>();
  const files: ExportFileRow[] = [];
  for (const item of ordered) {
    throwIfAborted(signal);
    const { target, state, reason } = await chooseTarget(item, options, destination.path, taken, before, signal);
    taken.add(nameKey(target));
    files.push({
      fileIndex: files.length,
      kind: 'photo',
      photoId: item.photoId,
      source: item.source,
      path: item.path,
      target,
      sizeBytes: item.sizeBytes,
      contentHash: item.contentHash,
      sha256: null,
      targetMtimeMs: null,
      state,
      reason,
    });
  }
  return files;
}

type Choice = Pick<ExportFileRow, 'target' | 'state' | 'reason'>;

async function chooseTarget(
  item: ExportItem,
  options: ExportOptions,
  destination: string,
  taken: ReadonlySet<string>,
  before: ReadonlyMap<string, ExportFileRow>,
  signal: AbortSignal | undefined,
): Promise<Choice> {
  const name = safeFileName(basename(item.path));
  for (let number = 1; ; number++) {
    const target = `${item.folder}/${numberedName(name, number)}`;
    if (taken.has(nameKey(target))) continue;
    const there = await lstat(join(destination, target)).catch(() => null);
    if (!there) return { target, state: 'planned', reason: null };
    if (await isSameContent(join(destination, target), item, options, before.get(target), signal)) {
      return { target, state: 'unchanged', reason: null };
    }
    if (options.conflicts === 'skip') {
      return { target, state: 'skipped', reason: 'Another file with this name is already there.' };
    }
  }
}

/** Compares by content, unless an earlier export wrote this very content here and nobody touched the file since. */
async function isSameContent(
  target: string,
  item: ExportItem,
  options: ExportOptions,
  before: ExportFileRow | undefined,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const there = await lstat(target);
  if (options.mode === 'symlink' || there.isSymbolicLink()) {
    if (options.mode !== 'symlink' || !there.isSymbolicLink()) return false;
    const [a, b] = await Promise.all([stat(target).catch(() => null), stat(item.source).catch(() => null)]);
    return a !== null && b !== null && a.dev === b.dev && a.ino === b.ino;
  }
  if (!there.isFile() || there.size !== item.sizeBytes) return false;
  if (options.mode === 'hardlink') {
    const source = await stat(item.source).catch(() => null);
    if (source && source.dev === there.dev && source.ino === there.ino) return true;
  }
  if (before?.sha256 === item.contentHash && before.targetMtimeMs === there.mtimeMs) return true;
  return (await hashFile(target, signal)) === item.contentHash;
}

async function checkSameDrive(files: readonly ExportFileRow[], destination: Destination): Promise<string[]> {
  for (const { source } of files) {
    const there = await stat(source).catch(() => null);
    if (there && there.dev !== destination.device) {
      return ['Hard links work only on the drive that the photos are on. Choose a place there, or copy.'];
    }
  }
  return [];
}

function summarizeFolders(files: readonly ExportFileRow[]): ExportPlan['folders'] {
  const byName = new Map<string, { name: string; numFiles: number; sizeBytes: number }>();
  for (const { target, sizeBytes } of files) {
    const name = target.slice(0, target.lastIndexOf('/'));
    const folder = byName.get(name) ?? { name, numFiles: 0, sizeBytes: 0 };
    folder.numFiles++;
    folder.sizeBytes += sizeBytes;
    byName.set(name, folder);
  }
  return [...byName.values()];
}

function sumBytes(files: readonly ExportFileRow[]): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
