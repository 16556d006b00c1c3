import { join } from 'node:path';

import { describeError } from '../../log';
import type { PhotoFacts } from '../../images/read-photo';
import { thumbnailFile } from '../../library-paths';
import type { PhotoToRead } from '../../store/photos';
import { indexPhotos as readPhotos } from '../embed-photos';
import type { StageContext } from '../stage-context';
import { WriteBatch } from '../write-batch';
import { LostFolder } from './lost-folder';
import { settleReplacedFiles } from './replaced-files';
import { FIRST_PASS, VIEW_SEED } from './view-settings';

/** A photo that brought the reader down this often is marked failed. */
const MAX_CRASHES = 2;

/**
 * Reads every file that is new or changed (facts, thumbnail, view 0) and finds out which photo it is. Every photo is written when it is read,
 * so a killed run goes on where it was.
 *
 * @returns How many were read.
 */
export async function readNewPhotos(context: StageContext, trunkId: string): Promise<number> {
  const { store, progress, signal } = context;
  const toRead = store.photos.toRead();
  if (toRead.length === 0) {
    settleReplacedFiles(context);
    return 0;
  }
  const trunk = await context.trunk(trunkId);
  const part = progress.begin('embed', 'Reading photos', toRead.length, { to: FIRST_PASS });
  const batch = new WriteBatch(store.db);
  const lost = new LostFolder(toRead);
  let numRead = 0;
  const pass = (photos: readonly PhotoToRead[], care: { numInFlight?: number; batchSize?: number }): Promise<void> =>
    readPhotos({
      photos: photos.map((photo) => ({ id: photo.id, absolutePath: join(photo.folder, photo.path) })),
      trunk,
      seed: VIEW_SEED,
      signal,
      thumbnailPath: (hash) => thumbnailFile(context.libraryDir, hash),
      ...care,
      onStart: (id) => context.reading(id),
      onRead: (id) => context.read(id),
      onPhoto: (id, facts, features) => {
        numRead += 1;
        part.add();
        const write = (): void => {
          const photoId = notePhoto(context, id, facts);
          if (features) store.embeddings.put(trunkId, photoId, 0, features);
        };
        batch.add(write, (error) => noteUnstored(context, id, error));
      },
      onFailure: (id, error) => {
        if (lost.explains(id)) return;
        if (error.problem === 'unexpected') context.log('error', `Photo ${id}: ${describeError(error.cause)}`);
        progress.addFailed();
        part.add();
        batch.add(() => store.photos.setFailed(id, error.message, error.problem));
      },
    });
  try {
    const suspects = toRead.filter((photo) => photo.num_crashes > 0);
    for (const suspect of suspects) {
      if (suspect.num_crashes >= MAX_CRASHES) {
        store.photos.setFailed(suspect.id, 'Reading this file brought the reader down twice; it is left alone.');
        progress.addFailed();
        continue;
      }
      await pass([suspect], { numInFlight: 1, batchSize: 1 });
      batch.flush();
    }
    const isSuspect = new Set(suspects.map((photo) => photo.id));
    await pass(
      toRead.filter((photo) => !isSuspect.has(photo.id)),
      {},
    );
  } finally {
    // Also when cancelled: what was read stays read.
    batch.flush();
  }
  lost.throwIfLost();
  settleReplacedFiles(context);
  return numRead;
}

/** Stores what was read, with the photo that has this content. See [Note: A photo is its content] in store/photo-identity.ts. */
function notePhoto({ store }: StageContext, id: number, facts: PhotoFacts): number {
  const known = store.identity.findMissing(facts.contentHash, id);
  const photoId = known ?? id;
  if (known !== undefined) store.identity.takeOver(known, id);
  store.photos.setIndexed(photoId, {
    content_hash: facts.contentHash,
    perceptual_hash: facts.perceptualHash,
    format: facts.format,
    width: facts.width,
    height: facts.height,
    orientation: facts.orientation,
    taken_at: facts.takenAt,
    taken_at_ms: facts.takenAtMs,
    camera: facts.camera,
    latitude: facts.latitude,
    longitude: facts.longitude,
    note: facts.note,
  });
  return photoId;
}

/** A photo that cannot be stored is a problem file like one that cannot be read; the scan goes on. */
function noteUnstored({ store, progress, log }: StageContext, id: number, error: unknown): void {
  log('error', `Photo ${id} could not be stored: ${describeError(error)}`);
  progress.addFailed();
  store.photos.setFailed(id, 'What was read of this file could not be stored.', 'unstored');
}
