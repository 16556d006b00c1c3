import { join } from 'node:path';

import type { FolderRow } from '../store/library';
import type { Store } from '../store/store';
import { ownerOf, pathIn } from './folder-owner';
import { isFolderThere } from './folder-presence';
import { FolderWatch } from './folder-watch';

export interface LibraryWatchOptions {
  store: Store;
  /** A folder came or went. */
  onPresence: () => void;
  /** New photos have settled in some folder. */
  onNewFiles: (count: number) => void;
  onLog: (message: string) => void;
  settleMs?: number;
  checkMs?: number;
}

/** File systems keep times to 1 µs, 100 ns or 2 s. */
const SAME_TIME_MS = 2;

/** Keeps an eye on the folders of an open library: whether they are there, and (where the person wants it) what is new in them. */
export class LibraryWatch {
  private readonly watches = new Map<string, FolderWatch>();
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: LibraryWatchOptions) {
    this.schedule();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.stopWatching();
  }

  /** Looks at once whether the folders are there, and watches those that are. */
  async check(): Promise<void> {
    const { store } = this.options;
    let hasChanged = false;
    const folders = store.library.folders();
    for (const folder of folders) {
      const isThere = await isFolderThere(folder.path, store.photos.hasAny(folder.id));
      if (this.isClosed) return;
      if (isThere !== (folder.is_offline === 0)) {
        store.library.setOffline(folder.id, !isThere);
        hasChanged = true;
      }
      // What lies in another folder is watched with that one.
      if (isThere && store.library.isWatching && ownerOf(folders, folder.path) === folder) this.watch(folder);
      else this.unwatch(folder.path);
    }
    if (hasChanged) this.options.onPresence();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.check()
        .catch((error: unknown) => this.options.onLog(String(error)))
        .finally(() => this.isClosed || this.schedule());
    }, this.options.checkMs ?? 2000).unref();
  }

  private watch(folder: FolderRow): void {
    const { path } = folder;
    if (this.watches.has(path)) return;
    const { store } = this.options;
    const watch = new FolderWatch({
      path,
      settleMs: this.options.settleMs ?? 3000,
      isKnown: (relativePath, sizeBytes, mtimeMs) => {
        const file = join(path, relativePath);
        const owner = ownerOf(store.library.folders(), file) ?? folder;
        const known = store.photos.at(owner.id, pathIn(owner, file));
        return (
          known !== undefined &&
          !known.is_missing &&
          known.size_bytes === sizeBytes &&
          Math.abs(known.mtime_ms - mtimeMs) <= SAME_TIME_MS
        );
      },
      onNewFiles: this.options.onNewFiles,
      onError: (error) => this.options.onLog(`New photos in ${path} are not noticed by themselves: ${String(error)}`),
    });
    this.watches.set(path, watch);
  }

  private unwatch(path: string): void {
    this.watches.get(path)?.close();
    this.watches.delete(path);
  }

  private stopWatching(): void {
    for (const path of [...this.watches.keys()]) this.unwatch(path);
  }
}
