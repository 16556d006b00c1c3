import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import type { AppContract } from '@shared/ipc/contract';
import type { Emit } from '@shared/ipc/define';
import { AppError } from '@shared/ipc/errors';

import type { Wanted } from '../link/messages';
import { kindOf } from '../images/formats';
import { defaultLibraryDir, realFolder } from '../library-paths';
import { findMovedLibrary } from './moved-folder';
import { OpenLibrary } from './open-library';
import { RecentLibraries } from './recent-libraries';
import type { Logger } from '../log';
import type { WorkerHandle } from '../processes/fork-worker';

/** What a door (window, page, tests) supplies: the few things that only it can do. */
export interface Door {
  kind: 'window' | 'page' | 'memory';
  spawnWorker: () => WorkerHandle;
  trunksDirs: readonly string[];
  /** The program of the threads that read and edit a library. */
  taskScript?: () => string;
  /** The program of the thread that plans splits. */
  splitScript?: () => string;
  /** The program of the thread that corrections teach on. */
  teachScript?: () => string;
  /** A native folder dialog, where there is one. */
  pickFolder?: (title: string) => Promise<string | null>;
  /** Opens a file or folder with the program that the system has for it. */
  openPath?: (path: string) => Promise<void>;
  /** Opens the folder of a file in the file manager, with the file chosen. */
  showInFolder?: (path: string) => Promise<void>;
}

/** The composition root that handlers work on: at most one open library, and what the door can do. */
export class Services {
  readonly recent = new RecentLibraries();
  private open: OpenLibrary | null = null;
  /** Libraries open and close one after another: of two at once, one would stay open with its threads and nobody to close it. */
  private last: Promise<unknown> = Promise.resolve();
  private wanted: Wanted | null = null;

  constructor(
    readonly door: Door,
    readonly emit: Emit<AppContract>,
    readonly log: Logger,
    private readonly onOpened: (libraryDir: string | null) => void = () => undefined,
  ) {}

  /** @throws {AppError} `failed-precondition` when no library is open. */
  get library(): OpenLibrary {
    if (!this.open) throw new AppError('failed-precondition', 'Choose a folder first.');
    return this.open;
  }

  get libraryOrNull(): OpenLibrary | null {
    return this.open;
  }

  /** Opens the library of a folder, closing the one before. `libraryDir` names another place than the default. */
  async openFolder(path: string, libraryDir?: string): Promise<OpenLibrary> {
    const folder = realFolder(folderOfPhoto(path));
    return this.openDir(
      libraryDir ?? this.recent.dirOf(folder) ?? findMovedLibrary(this.recent, folder) ?? defaultLibraryDir(folder),
      [folder],
    );
  }

  /** Opens a library that is remembered, even when its folder is offline. */
  async reopen(libraryId: string): Promise<OpenLibrary> {
    const known = this.recent.find(libraryId);
    if (!known) throw new AppError('not-found', 'That library is not there any more.');
    return this.openDir(known.dir, []);
  }

  openDir(dir: string, folders: readonly string[]): Promise<OpenLibrary> {
    return this.inTurn(() => this.openNow(resolve(dir), folders));
  }

  /** Keeps what the person asked for from outside the page, and tells the page, which opens it and shows what goes wrong. */
  want(wanted: Wanted): void {
    this.wanted = wanted;
    this.emit('library.wanted', {});
  }

  /** Opens what is wanted, once. Null when nothing is. */
  async openWanted(): Promise<OpenLibrary | null> {
    const { wanted } = this;
    this.wanted = null;
    if (!wanted) return null;
    const { folder, libraryDir } = wanted;
    if (folder === null) return libraryDir === null ? null : this.openDir(libraryDir, []);
    return this.openFolder(folder, libraryDir ?? undefined);
  }

  /** Where photos of the open library lie. Those that are not there any more are left out. */
  pathsOf(photoIds: readonly number[]): string[] {
    const store = this.open?.store;
    if (!store) return [];
    const folderById = new Map(store.library.folders().map(({ id, path }) => [id, path]));
    return photoIds.flatMap((photoId) => {
      const photo = store.photos.get(photoId);
      const folder = photo && folderById.get(photo.folder_id);
      const path = folder && join(folder, photo.path);
      return path !== undefined && existsSync(path) ? [path] : [];
    });
  }

  private async openNow(dir: string, folders: readonly string[]): Promise<OpenLibrary> {
    const known = this.open?.dir === dir ? this.open : null;
    if (known && folders.every((folder) => known.store.library.folders().some(({ path }) => path === folder))) {
      await known.watch();
      return known;
    }
    await this.closeNow();
    this.open = new OpenLibrary({
      libraryDir: dir,
      folders,
      spawnWorker: this.door.spawnWorker,
      trunksDirs: this.door.trunksDirs,
      taskScript: this.door.taskScript,
      splitScript: this.door.splitScript,
      teachScript: this.door.teachScript,
      onProgress: (progress) => this.emit('pipeline.progress', progress),
      onChanged: (revision) => this.emit('library.changed', { revision }),
      onExportProgress: (progress) => this.emit('export.progress', progress),
      onLog: (level, message) => this.log(level, message),
    });
    this.remember();
    this.onOpened(dir);
    await this.open.watch();
    return this.open;
  }

  /** A folder of the open library is somewhere else now. */
  async relink(request: { folderId: number; path: string }, signal: AbortSignal): Promise<void> {
    await this.library.relink(request, signal);
    this.remember();
  }

  close(): Promise<void> {
    return this.inTurn(() => this.closeNow());
  }

  private async closeNow(): Promise<void> {
    if (!this.open) return;
    this.remember();
    const closing = this.open;
    this.open = null;
    this.onOpened(null);
    await closing.close();
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.last.then(act);
    this.last = done.catch(() => undefined);
    return done;
  }

  private remember(): void {
    if (!this.open) return;
    const { id, dir, store } = this.open;
    const folder = store.library.folders()[0]?.path;
    if (folder !== undefined) this.recent.remember({ id, dir, folder, numPhotos: store.photos.counts().indexed });
  }
}

/** A photo stands for the folder it lies in: that is what a person means who drops one on the window. */
function folderOfPhoto(path: string): string {
  const kind = kindOf(basename(path));
  const isPhoto = (kind === 'photo' || kind === 'raw') && statSync(path, { throwIfNoEntry: false })?.isFile();
  return isPhoto ? dirname(resolve(path)) : path;
}
