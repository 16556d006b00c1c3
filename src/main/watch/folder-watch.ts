import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import { kindOf } from '../images/formats';

/**
 * @file Notices new photos in a folder.
 *
 * [Note: What is watched] One watcher per directory (one for the whole tree where the system can), never one per file: a library of 100,000
 * photos has a few hundred directories. A new file counts once its size and time have stayed the same for a while, since copying a photo
 * takes long and half a photo cannot be read. Deletions are not looked at: the next scan marks what is gone as missing, and an unplugged
 * drive must not look like a deletion.
 */

export interface FolderWatchOptions {
  path: string;
  /** How long size and time of a file have to stay the same. */
  settleMs: number;
  /** Whether a file is known as it is. The path is relative, '/' between parts. */
  isKnown: (path: string, sizeBytes: number, mtimeMs: number) => boolean;
  /** New or changed photos have settled. */
  onNewFiles: (count: number) => void;
  /** Watching is not possible (any more): too many directories for the system, or the drive went. */
  onError: (error: unknown) => void;
}

interface Pending {
  sizeBytes: number;
  mtimeMs: number;
  /** When it was last seen to change. */
  sinceMs: number;
}

const hasTreeWatch = process.platform === 'darwin' || process.platform === 'win32';

export class FolderWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly pending = new Map<string, Pending>();
  private numSettled = 0;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: FolderWatchOptions) {
    void this.watchDirectory(options.path, false);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  /** Watches a directory and those in it; `isNew` ones are looked through for photos that came with them. */
  private async watchDirectory(directory: string, isNew: boolean): Promise<void> {
    if (this.isClosed || this.watchers.has(directory)) return;
    try {
      if (!hasTreeWatch || directory === this.options.path) this.attach(directory);
      if (hasTreeWatch && !isNew) return;
      for (const entry of await readdir(directory, { withFileTypes: true })) {
        if (entry.name.startsWith('.')) continue;
        const path = join(directory, entry.name);
        if (entry.isDirectory()) await this.watchDirectory(path, isNew);
        else if (isNew && entry.isFile()) this.note(path);
      }
    } catch (error) {
      // A directory that went while it was looked at is none to watch.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.options.onError(error);
    }
  }

  private attach(directory: string): void {
    const watcher = watch(directory, { recursive: hasTreeWatch, persistent: false }, (_event, name) => {
      if (name !== null && !name.split(sep).some((part) => part.startsWith('.'))) this.note(join(directory, name));
    });
    watcher.on('error', (error) => {
      this.watchers.delete(directory);
      watcher.close();
      // Windows reports a watched directory that was removed as an error.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') this.options.onError(error);
    });
    this.watchers.set(directory, watcher);
  }

  /** Gives up the watchers of a directory and of those in it. */
  private detach(directory: string): void {
    for (const [path, watcher] of this.watchers) {
      if (path !== directory && !path.startsWith(directory + sep)) continue;
      watcher.close();
      this.watchers.delete(path);
    }
  }

  private note(path: string): void {
    this.pending.set(path, this.pending.get(path) ?? { sizeBytes: -1, mtimeMs: -1, sinceMs: performance.now() });
    this.timer ??= setTimeout(() => void this.look(), this.options.settleMs / 3);
  }

  /** Looks once at everything that is waiting to settle. */
  private async look(): Promise<void> {
    for (const [path, before] of this.pending) {
      if (this.isClosed) return;
      const now = await lstat(path).catch(() => null);
      if (now?.isDirectory()) {
        this.pending.delete(path);
        // One of that name may have been deleted a moment ago: its watcher will never hear of the new one.
        this.detach(path);
        await this.watchDirectory(path, true);
      } else if (!now) {
        this.pending.delete(path);
        this.detach(path);
      } else if (!now.isFile() || !isPhoto(path) || this.isKnown(path, now.size, now.mtimeMs)) {
        this.pending.delete(path);
      } else if (now.size !== before.sizeBytes || now.mtimeMs !== before.mtimeMs) {
        this.pending.set(path, { sizeBytes: now.size, mtimeMs: now.mtimeMs, sinceMs: performance.now() });
      } else if (performance.now() - before.sinceMs >= this.options.settleMs) {
        this.pending.delete(path);
        this.numSettled++;
      }
    }
    this.timer = undefined;
    if (this.isClosed) return;
    if (this.pending.size > 0) this.timer = setTimeout(() => void this.look(), this.options.settleMs / 3);
    else if (this.numSettled > 0) {
      // Told once everything has settled: a card that is being copied is one piece of news.
      const count = this.numSettled;
      this.numSettled = 0;
      this.options.onNewFiles(count);
    }
  }

  private isKnown(path: string, sizeBytes: number, mtimeMs: number): boolean {
    return this.options.isKnown(relative(this.options.path, path).split(sep).join('/'), sizeBytes, mtimeMs);
  }
}

function isPhoto(path: string): boolean {
  const kind = kindOf(path);
  return kind === 'photo' || kind === 'raw';
}
