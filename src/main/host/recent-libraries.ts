import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { z } from 'zod';

import { LibraryId } from '@shared/model/ids';
import type { RecentLibrary } from '@shared/model/library';

import { dataDir } from '../library-paths';

const Entry = z.object({
  id: LibraryId,
  dir: z.string(),
  folder: z.string(),
  numPhotos: z.int().min(0),
  openedAt: z.string(),
});
type Entry = z.infer<typeof Entry>;

const MAX_RECENT = 12;

/** The libraries a person opened lately, newest first, in one small file of the data folder. */
export class RecentLibraries {
  private get file(): string {
    return join(dataDir(), 'recent.json');
  }

  list(): RecentLibrary[] {
    return this.entries().map(({ id, folder, numPhotos, openedAt }) => ({
      id,
      name: basename(folder) || folder,
      folder,
      numPhotos,
      openedAt,
      isOffline: !existsSync(folder),
    }));
  }

  /** The folder and library folder of an id; undefined when it is not remembered. */
  find(id: string): { dir: string; folder: string } | undefined {
    return this.entries().find((entry) => entry.id === id);
  }

  /** The library of a folder, which may have been somewhere else when the library was made. */
  dirOf(folder: string): string | undefined {
    return this.entries().find((entry) => entry.folder === folder && existsSync(entry.dir))?.dir;
  }

  /** Libraries whose folder is not where it was. */
  dirsOfGone(): string[] {
    return this.entries()
      .filter((entry) => !existsSync(entry.folder) && existsSync(entry.dir))
      .map(({ dir }) => dir);
  }

  latest(): { dir: string; folder: string } | undefined {
    return this.entries()[0];
  }

  remember(entry: Omit<Entry, 'openedAt'>): void {
    const others = this.entries().filter((other) => other.dir !== entry.dir);
    const entries = [{ ...entry, openedAt: new Date().toISOString() }, ...others].slice(0, MAX_RECENT);
    mkdirSync(dataDir(), { recursive: true });
    writeFileSync(`${this.file}.part`, JSON.stringify(entries, null, 2));
    renameSync(`${this.file}.part`, this.file);
  }

  /** A damaged file means an empty list, not a program that does not start: the libraries themselves are not in it. */
  private entries(): Entry[] {
    try {
      return z.array(Entry).parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      return [];
    }
  }
}
