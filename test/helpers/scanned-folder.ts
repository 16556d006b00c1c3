import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { RunId } from '@shared/model/ids';
import { RunOptions } from '@shared/model/run';

import { bundledTrunksDir } from '@main/paths';
import { openStageContext } from '@main/run/stage-resources';
import { embed } from '@main/run/stages/embed';
import { indexPhotos } from '@main/run/stages/index-photos';
import { openStore, type Store } from '@main/store/store';

import { temporaryFolder } from './temporary-folder';

/** A folder of photos with a library beside it: what the first two stages of a scan make of it. */
export class ScannedFolder {
  readonly photos: string;
  readonly libraryDir: string;
  readonly store: Store;
  readonly folderId: number;

  /** @param root Where a scanned folder is already; a new one otherwise. */
  constructor(readonly root = temporaryFolder()) {
    this.photos = join(root, 'photos');
    this.libraryDir = join(root, 'library');
    mkdirSync(this.photos, { recursive: true });
    this.store = openStore(join(this.libraryDir, 'library.sqlite'));
    this.folderId = this.store.library.addFolder(this.photos);
  }

  /** Looks for files and, unless `isRead` is false, reads the new ones. @returns What the run found worth telling. */
  async scan({ isRead = true } = {}): Promise<string[]> {
    const { store, libraryDir } = this;
    const options = RunOptions.parse({ numViews: 2 });
    const runId = store.runs.create(options) as RunId;
    const { signal } = new AbortController();
    const trunksDirs = [bundledTrunksDir()];
    const run = { store, libraryDir, runId, options, trunksDirs, signal, send: () => undefined };
    const { context, findings, dispose } = openStageContext(run);
    try {
      await indexPhotos(context);
      if (isRead) await embed(context, () => Promise.resolve(false));
    } finally {
      await dispose();
    }
    return findings;
  }

  /** The id of the photo that is at a path. */
  idAt(path: string): number {
    return this.store.photos.at(this.folderId, path)!.id;
  }

  /** What is present: path and status, in order. */
  present(): [string, string][] {
    return this.store.photos
      .inFolder(this.folderId)
      .filter((photo) => !photo.is_missing)
      .map((photo) => [photo.path, photo.status]);
  }
}
