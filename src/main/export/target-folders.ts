import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

import { addMadeFolder } from '../store/exports';
import type { Db } from '../store/open-database';
import { DestinationError, ExportFileError, syncFolder } from './write-file';

/** Makes an export's folders as they are needed and notes each one before it is made, so that undo knows them after any crash. */
export interface TargetFolders {
  /** @throws {ExportFileError} When something else stands where the folder should be. */
  ensure(folder: string): Promise<void>;
}

/** @param known Folders that this export noted before. */
export function createTargetFolders(
  db: Db,
  exportId: number,
  destination: string,
  known: readonly string[],
): TargetFolders {
  const noted = new Set(known);
  const ready = new Set<string>();

  const make = async (folder: string): Promise<void> => {
    if (!noted.has(folder)) addMadeFolder(db, exportId, folder);
    noted.add(folder);
    try {
      await mkdir(folder);
      await syncFolder(dirname(folder));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return;
      throw new DestinationError('No folder could be made at the destination.', { cause: error });
    }
  };

  const ensure = async (folder: string): Promise<void> => {
    if (ready.has(folder)) return;
    const there = await lstat(folder).catch(() => null);
    const isBelow = folder.startsWith(destination.endsWith(sep) ? destination : destination + sep);
    if (there && !there.isDirectory()) {
      // A link here could lead anywhere, into the originals too.
      const what = there.isSymbolicLink() ? 'A link' : 'A file';
      throw new ExportFileError(
        `${what} stands where the folder ${isBelow ? folder.slice(destination.length + 1) : folder} should be.`,
      );
    }
    if (!there) {
      await ensure(dirname(folder));
      await make(folder);
    } else if (isBelow) {
      await ensure(dirname(folder));
    }
    ready.add(folder);
  };

  return { ensure: (folder) => ensure(join(destination, folder)) };
}
