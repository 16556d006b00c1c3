import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import envPaths from 'env-paths';
import sanitize from 'sanitize-filename';

import { AppError } from '@shared/ipc/errors';

import { absolutePath } from './typed-path';

/** @file Where things are on disk. Everything Kindred writes (but for exports) lies under one library's folder or the data folder. */

/** The platform's data folder; `KINDRED_DATA_DIR` moves it, for tests and portable use. */
export function dataDir(): string {
  return process.env['KINDRED_DATA_DIR'] ?? envPaths('kindred', { suffix: '' }).data;
}

export function librariesDir(): string {
  return join(dataDir(), 'libraries');
}

/** Where a person's own trunks lie. */
export function ownTrunksDir(): string {
  return join(dataDir(), 'trunks');
}

/** The library of a photo folder when none is named. Its name is readable, and each folder has its own. */
export function defaultLibraryDir(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 10);
  const name =
    sanitize(basename(folder))
      .replace(/[^\w.-]+/g, '-')
      .slice(0, 40) || 'photos';
  return join(librariesDir(), `${name}-${hash}`);
}

/** A library's id: the name of its folder where that is ours, else a hash of its path. */
export function libraryIdOf(libraryDir: string): string {
  const name = basename(libraryDir);
  const isOurs = resolve(librariesDir(), name) === resolve(libraryDir) && /^[0-9a-zA-Z._-]{1,80}$/.test(name);
  return isOurs ? name : createHash('sha256').update(resolve(libraryDir)).digest('hex').slice(0, 20);
}

export function databaseFile(libraryDir: string): string {
  return join(libraryDir, 'library.sqlite');
}

/** Thumbnails are named by content, so a moved or copied file needs no new one. */
export function thumbnailFile(libraryDir: string, contentHash: string): string {
  return join(libraryDir, 'thumbnails', contentHash.slice(0, 2), `${contentHash}.jpg`);
}

export function previewFile(libraryDir: string, contentHash: string): string {
  return join(libraryDir, 'previews', contentHash.slice(0, 2), `${contentHash}.jpg`);
}

/** Makes the 256 folders that thumbnails go to, so that writing one needs no look at its folder. */
export function makeThumbnailFolders(libraryDir: string): void {
  for (let byte = 0; byte < 256; byte++) {
    mkdirSync(join(libraryDir, 'thumbnails', byte.toString(16).padStart(2, '0')), { recursive: true });
  }
}

/**
 * The real path of a folder to scan.
 *
 * @param path Absolute, or below `~`.
 * @throws {AppError} `not-found` or `invalid-argument`, in words for the person who typed it.
 */
export function realFolder(path: string): string {
  const absolute = absolutePath(path);
  let real: string;
  try {
    // As the system spells it: on Windows and macOS, folders whose spelling differs in case are one.
    real = realpathSync.native(absolute);
  } catch (error) {
    throw new AppError('not-found', `There is no folder “${path}”.`, { cause: error });
  }
  if (!statSync(real).isDirectory()) throw new AppError('invalid-argument', `“${path}” is not a folder.`);
  return real;
}
