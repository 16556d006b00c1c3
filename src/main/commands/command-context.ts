import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { AppError } from '@shared/ipc/errors';

import { defaultLibraryDir, ownTrunksDir, realFolder } from '../library-paths';
import { absolutePath } from '../typed-path';
import { findMovedLibrary } from '../host/moved-folder';
import { OpenLibrary } from '../host/open-library';
import { RecentLibraries } from '../host/recent-libraries';
import { createLogger } from '../log';
import { shownPath } from '../path-bytes';
import { bundledTrunksDir, workerScript } from '../paths';
import { forkWorker } from '../processes/fork-worker';
import type { ProgressLine } from './progress-line';

/** The folder of the library a command works on: the one named, else the folder's own, else the one opened last. */
export function libraryDirOf(folders: readonly string[], libraryDir: string | undefined): string {
  const [first] = folders;
  const recent = new RecentLibraries();
  const ofFolder = (path: string): string => {
    const own = defaultLibraryDir(path);
    return existsSync(own) ? own : (recent.dirOf(path) ?? findMovedLibrary(recent, path) ?? own);
  };
  const dir = libraryDir ? resolve(libraryDir) : first ? ofFolder(first) : recent.latest()?.dir;
  if (dir !== undefined) return dir;
  throw new AppError('failed-precondition', 'There is no library yet. Scan a folder first: kindred scan <folder>');
}

/** Opens the library a command works on, see {@link libraryDirOf}. */
export function openCommandLibrary(
  folders: readonly string[],
  libraryDir: string | undefined,
  progress?: ProgressLine,
  exportProgress?: (done: number, total: number) => void,
): OpenLibrary {
  const recent = new RecentLibraries();
  const real = folders.map((folder) => realFolder(absolutePath(folder, process.cwd())));
  const dir = libraryDirOf(real, libraryDir);
  const log = createLogger(dir);
  const library = new OpenLibrary({
    libraryDir: dir,
    folders: real,
    spawnWorker: () => forkWorker(workerScript(), (text) => log('info', text)),
    trunksDirs: [bundledTrunksDir(), ownTrunksDir()],
    onProgress: (current) => progress?.show(current),
    onChanged: () => undefined,
    onExportProgress: (current) => exportProgress?.(current.done, current.total),
    onLog: log,
  });
  const folder = library.store.library.folders()[0]?.path;
  if (!libraryDir && folder !== undefined) {
    recent.remember({ id: library.id, dir, folder, numPhotos: library.store.photos.counts().indexed });
  }
  return library;
}

/** Prints the one object of `--json`, or the words for a person. */
export function print(isJson: boolean | undefined, value: unknown, words: () => string): void {
  process.stdout.write(isJson ? `${JSON.stringify(value)}\n` : `${forTerminal(words())}\n`);
}

/** A file's name may hold what a terminal takes for a command. */
function forTerminal(text: string): string {
  // eslint-disable-next-line no-control-regex -- these are the ones
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** A folder-relative path of every photo, by id. */
export function pathsById(library: OpenLibrary): Map<number, string> {
  return new Map(
    library.store.db
      .prepare<[], { id: number; path: string }>('SELECT id, path FROM photos')
      .all()
      .map(({ id, path }) => [id, shownPath(path)]),
  );
}
