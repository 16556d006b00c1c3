import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { fsPath } from '../path-bytes';
import type { FolderRow } from '../store/library';
import { databaseFile } from '../library-paths';
import { openStore, type Store } from '../store/store';
import type { RecentLibraries } from './recent-libraries';

/** Photos that are looked for. */
const NUM_SAMPLES = 40;
/** The share of them that has to be there with the same size and time: some may have been deleted or edited since. */
const MIN_SHARE = 0.6;
/** FAT keeps times to two seconds. */
const SAME_TIME_MS = 2000;

/**
 * The folder of a library that lies at another place now: it was renamed, or its drive is mounted elsewhere. Only a folder that is not where
 * it was is looked for, so a copy is never taken for a move.
 */
export function findMovedFolder(store: Pick<Store, 'library' | 'photos'>, path: string): FolderRow | undefined {
  const folders = store.library.folders();
  if (folders.some((folder) => folder.path === path)) return undefined;
  return folders.find((folder) => isGone(folder.path) && holdsPhotosOf(store, folder.id, path));
}

/** The remembered library whose folder lies at a path now. */
export function findMovedLibrary(recent: RecentLibraries, path: string): string | undefined {
  return recent.dirsOfGone().find((dir) => {
    try {
      const store = openStore(databaseFile(dir));
      try {
        return findMovedFolder(store, path) !== undefined;
      } finally {
        store.close();
      }
    } catch {
      // A library that cannot be opened now is not the one.
      return false;
    }
  });
}

function isGone(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return true;
  }
}

function holdsPhotosOf({ photos }: Pick<Store, 'photos'>, folderId: number, path: string): boolean {
  const known = photos.inFolder(folderId).filter((photo) => photo.content_hash !== null && !photo.is_missing);
  const step = Math.max(1, known.length / NUM_SAMPLES);
  const samples = known.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  const numThere = samples.filter((photo) => {
    try {
      const found = statSync(fsPath(join(path, photo.path)));
      return found.size === photo.size_bytes && Math.abs(found.mtimeMs - photo.mtime_ms) <= SAME_TIME_MS;
    } catch {
      return false;
    }
  }).length;
  return samples.length > 0 && numThere >= MIN_SHARE * samples.length;
}
