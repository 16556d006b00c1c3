import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError, throwIfAborted } from '@shared/ipc/errors';

import { hashFile } from '../hash-file';
import { fsPath } from '../path-bytes';
import { notFound } from '../store/journal';
import type { Store } from '../store/store';
import { isInside } from '../watch/folder-owner';
import { realFolder } from '../library-paths';

/** Files read to tell whether the folder is the same one in another place. */
const NUM_SAMPLES = 40;
/** The share of them that has to be there with the same content: some may have been deleted or edited since. */
const MIN_SHARE = 0.6;

/**
 * Tells a library that one of its folders is somewhere else now. The photos are compared by content before it is believed, so that a wrong
 * choice cannot make thousands of photos look changed. Where the place was scanned by mistake as a folder of its own, that folder goes, and
 * its photos are those that were known before.
 *
 * @throws {AppError} `failed-precondition` when too few of the files are there, or the place belongs to another folder of the library.
 */
export async function relinkFolder(
  store: Store,
  request: { folderId: number; path: string },
  signal?: AbortSignal,
): Promise<void> {
  const folders = store.library.folders();
  const folder = folders.find(({ id }) => id === request.folderId);
  if (!folder) throw notFound('folder');
  const path = realFolder(request.path);
  for (const other of folders) {
    const isSame = other.path === path;
    if (other.id !== folder.id && !isSame && (isInside(path, other.path) || isInside(other.path, path))) {
      throw new AppError('failed-precondition', `“${path}” and the folder “${other.path}” of this library overlap.`);
    }
  }
  const known = store.photos.inFolder(folder.id).filter((photo) => photo.content_hash !== null && !photo.is_missing);
  if (known.length === 0) throw new AppError('failed-precondition', 'No photo of this folder was read yet.');
  const step = Math.max(1, known.length / NUM_SAMPLES);
  const samples = known.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  let numSame = 0;
  for (const photo of samples) {
    throwIfAborted(signal);
    if (await isSame(join(path, photo.path), photo.size_bytes, photo.content_hash!)) numSame++;
  }
  if (numSame < MIN_SHARE * samples.length) {
    throw new AppError(
      'failed-precondition',
      `Of ${samples.length} photos looked for in “${path}”, ${numSame === 0 ? 'none' : `only ${numSame}`} ${numSame > 1 ? 'are' : 'is'} there. Choose the folder that holds the same photos.`,
    );
  }
  const mistaken = folders.find((other) => other.id !== folder.id && other.path === path);
  store.db
    .transaction(() => {
      if (mistaken) store.identity.giveUpFolder(mistaken.id, folder.id);
      store.library.relinkFolder(folder.id, path);
    })
    .immediate();
}

async function isSame(file: string, sizeBytes: number, contentHash: string): Promise<boolean> {
  try {
    if ((await stat(fsPath(file))).size !== sizeBytes) return false;
    return (await hashFile(file)) === contentHash;
  } catch {
    return false;
  }
}
