import type { AppContract } from '@shared/ipc/contract';
import type { Emit } from '@shared/ipc/define';
import { AppError } from '@shared/ipc/errors';

import { defaultLibraryDir, realFolder } from '../store/library-paths';
import { OpenLibrary } from './open-library';
import { RecentLibraries } from './recent-libraries';
import type { Logger } from '../log';
import type { WorkerHandle } from './pipeline-process';

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
  /** Shows a path in the file manager, where there is one. */
  reveal?: (path: string) => Promise<void>;
}

/** The composition root that handlers work on: at most one open library, and what the door can do. */
export class Services {
  readonly recent = new RecentLibraries();
  private open: OpenLibrary | null = null;

  constructor(
    readonly door: Door,
    readonly emit: Emit<AppContract>,
    readonly log: Logger,
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
    const folder = realFolder(path);
    return this.openDir(libraryDir ?? this.recent.dirOf(folder) ?? defaultLibraryDir(folder), [folder]);
  }

  /** Opens a library that is remembered, even when its folder is offline. */
  async reopen(libraryId: string): Promise<OpenLibrary> {
    const known = this.recent.find(libraryId);
    if (!known) throw new AppError('not-found', 'That library is not there any more.');
    return this.openDir(known.dir, []);
  }

  async openDir(dir: string, folders: readonly string[]): Promise<OpenLibrary> {
    await this.close();
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
    await this.open.watch();
    return this.open;
  }

  /** A folder of the open library is somewhere else now. */
  async relink(request: { folderId: number; path: string }, signal: AbortSignal): Promise<void> {
    await this.library.relink(request, signal);
    this.remember();
  }

  async close(): Promise<void> {
    if (!this.open) return;
    this.remember();
    const closing = this.open;
    this.open = null;
    await closing.close();
  }

  private remember(): void {
    if (!this.open) return;
    const { id, dir, store } = this.open;
    const folder = store.library.folders()[0]?.path;
    if (folder !== undefined) this.recent.remember({ id, dir, folder, numPhotos: store.photos.counts().indexed });
  }
}
