import { readdirSync } from 'node:fs';

import { AppError } from '@shared/ipc/errors';

import type { PhotoToRead } from '../../store/photos';

/** Tells a file that cannot be read from a drive that was pulled out: the first is a problem file, the second says nothing about the file. */
export class LostFolder {
  private path: string | null = null;
  private readonly folderById: ReadonlyMap<number, string>;

  constructor(photos: readonly PhotoToRead[]) {
    this.folderById = new Map(photos.map((photo) => [photo.id, photo.folder]));
  }

  /** @returns Whether a photo could not be read because its whole folder is gone. */
  explains(photoId: number): boolean {
    const folder = this.folderById.get(photoId)!;
    if (hasEntries(folder)) return false;
    this.path = folder;
    return true;
  }

  /** @throws {AppError} When a folder went: the photos that were not read stay as they were, for the next run. */
  throwIfLost(): void {
    if (this.path === null) return;
    throw new AppError(
      'failed-precondition',
      `The folder ${this.path} went away while its photos were read. What was read is kept.`,
    );
  }
}

function hasEntries(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
