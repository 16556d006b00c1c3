/**
 * @file One file's way to its place: a temporary name in the same folder, then the data on the disk, then compared with the original,
 * then the final name. A final name is therefore always a whole, checked file, whenever the power goes.
 */
import { constants, type Stats } from 'node:fs';
import {
  chmod,
  copyFile,
  type FileHandle,
  link,
  lstat,
  open,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';

import { hashFile, hashOpenFile, hashText } from '../hash-file';
import { fsPath } from '../path-bytes';

/** Something the person can understand went wrong with one file; the export goes on with the next. */
export class ExportFileError extends Error {
  override readonly name = 'ExportFileError';
}

/** Another file came to stand at the target since it was planned. */
export class TargetTakenError extends Error {
  override readonly name = 'TargetTakenError';
}

/** The destination as a whole cannot take more (full, unplugged): the export stops and can be resumed. */
export class DestinationError extends Error {
  override readonly name = 'DestinationError';
}

export interface WrittenFile {
  /** Of source and target alike. */
  sha256: string;
  sizeBytes: number;
  targetMtimeMs: number;
}

/**
 * Copies one file, shared blocks where the file system can, keeping its times.
 *
 * @param temporary A name in the target's folder that nothing else uses; removed first, and gone afterwards.
 * @throws {ExportFileError | TargetTakenError | DestinationError}
 */
export async function copyVerified(
  source: string,
  target: string,
  temporary: string,
  signal?: AbortSignal,
): Promise<WrittenFile> {
  const before = await statSource(source);
  try {
    await rm(fsPath(temporary), { force: true });
    await copyFile(fsPath(source), fsPath(temporary), constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    // A read-only original must not make a copy that cannot be flushed, or removed by undo.
    if ((before.mode & 0o200) === 0) await chmod(fsPath(temporary), (before.mode & 0o777) | 0o200);
    const file = await open(fsPath(temporary), 'r+');
    let copied: string;
    try {
      await file.utimes(before.atime, before.mtime);
      await file.sync();
      copied = await hashOpenFile(file, signal);
    } finally {
      await file.close();
    }
    const [original, after] = [await hashFile(source, signal), await statSource(source)];
    if (original !== copied) {
      const hasChanged = after.size !== before.size || after.mtimeMs !== before.mtimeMs;
      throw new ExportFileError(
        hasChanged
          ? 'The original was being changed while it was copied.'
          : 'The copy came out different from the original; the drive may be failing.',
      );
    }
    await publish(temporary, target);
    await syncFolder(dirname(target));
    const written = await stat(fsPath(target));
    return { sha256: original, sizeBytes: written.size, targetMtimeMs: written.mtimeMs };
  } catch (error) {
    await rm(fsPath(temporary), { force: true }).catch(() => undefined);
    throw describeWriteError(error);
  }
}

/**
 * Gives one file a second name on its own drive, so that moving it keeps everything: attributes, rights, times, other hard links.
 *
 * @returns Null where the drives differ or have no hard links: it has to be copied.
 * @throws {ExportFileError | TargetTakenError | DestinationError}
 */
export async function linkToMove(source: string, target: string): Promise<WrittenFile | null> {
  const { size } = await statSource(source);
  try {
    await link(fsPath(source), fsPath(target));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) return null;
    throw describeWriteError(error);
  }
  await syncFolder(dirname(target));
  return { sha256: await hashFile(target), sizeBytes: size, targetMtimeMs: (await stat(fsPath(target))).mtimeMs };
}

/** Writes a text of Kindred's own the same way. @throws {ExportFileError | TargetTakenError | DestinationError} */
export async function writeVerified(content: string, target: string, temporary: string): Promise<WrittenFile> {
  try {
    await rm(temporary, { force: true });
    await writeFile(temporary, content, { flag: 'wx', flush: true });
    const sha256 = await hashFile(temporary);
    if (sha256 !== hashText(content))
      throw new ExportFileError('The file came out different; the drive may be failing.');
    await publish(temporary, target);
    await syncFolder(dirname(target));
    const written = await stat(target);
    return { sha256, sizeBytes: written.size, targetMtimeMs: written.mtimeMs };
  } catch (error) {
    await rm(fsPath(temporary), { force: true }).catch(() => undefined);
    throw describeWriteError(error);
  }
}

/** Links instead of copying; the link appears whole or not at all, so it needs no temporary name. */
export async function linkFile(source: string, target: string, kind: 'hardlink' | 'symlink'): Promise<WrittenFile> {
  await statSource(source);
  try {
    await (kind === 'hardlink' ? link(fsPath(source), target) : symlink(fsPath(source), target));
    await syncFolder(dirname(target));
    const [original, there, own] = [await stat(fsPath(source)), await stat(target), await lstat(target)];
    if (original.dev !== there.dev || original.ino !== there.ino) {
      throw new ExportFileError('The link does not lead to the original.');
    }
    return { sha256: await hashFile(source), sizeBytes: 0, targetMtimeMs: own.mtimeMs };
  } catch (error) {
    throw describeWriteError(error);
  }
}

/** Gives a finished file its final name without ever replacing what stands there. */
async function publish(temporary: string, target: string): Promise<void> {
  try {
    await link(fsPath(temporary), fsPath(target));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    // FAT, exFAT and some network drives have no hard links: look first, then rename.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) throw error;
    if (await lstat(fsPath(target)).catch(() => null)) throw new TargetTakenError(target, { cause: error });
    await rename(fsPath(temporary), fsPath(target));
    return;
  }
  await unlink(fsPath(temporary));
}

/** Makes a new name in a folder last through a power cut. Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(fsPath(folder), 'r');
    await handle.sync();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(code)) throw error;
  } finally {
    await handle?.close();
  }
}

/** The original as it is now: a file, not a link, that can be seen. */
async function statSource(source: string): Promise<Stats> {
  try {
    const found = await lstat(fsPath(source));
    if (!found.isFile()) throw new ExportFileError('The original is no longer a file.');
    return found;
  } catch (error) {
    if (error instanceof ExportFileError) throw error;
    throw new ExportFileError('The original is not there any more.', { cause: error });
  }
}

/** Tells what stops one file from what stops the export. */
function describeWriteError(error: unknown): unknown {
  if (!(error instanceof Error) || !('errno' in error)) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  switch (code) {
    case 'EEXIST':
      return new TargetTakenError(path ?? '', options);
    case 'ENOSPC':
    case 'EDQUOT':
      return new DestinationError('The destination is full. Make room and resume the export.', options);
    case 'EROFS':
      return new DestinationError('The destination cannot be written to any more.', options);
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'ESTALE':
      return new DestinationError('A drive stopped answering. Check the connection and resume the export.', options);
    case 'EACCES':
    case 'EPERM':
      return new ExportFileError('There is no permission to read the original or to write its copy.', options);
    case 'ENAMETOOLONG':
      return new ExportFileError('The path of the copy would be too long for this drive.', options);
    case 'EXDEV':
      return new ExportFileError('Hard links work only on the drive that the photo is on.', options);
    default:
      return new ExportFileError(`The file could not be written (${code}).`, options);
  }
}
