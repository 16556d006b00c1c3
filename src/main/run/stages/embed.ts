import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { fsPath } from '../../path-bytes';
import { embedPhotos } from '../embed-photos';
import { makeThumbnailFolders, thumbnailFile } from '../../library-paths';
import type { PhotoToRead } from '../../store/photos';
import type { PartProgress } from '../progress';
import { type StageContext, timeStage } from '../stage-context';
import { WriteBatch } from '../write-batch';
import { LostFolder } from './lost-folder';
import { readNewPhotos } from './read-new-photos';
import { settleTrunk } from './settle-trunk';
import { FIRST_PASS, VIEW_SEED } from './view-settings';

/** Photos with features, in the order of their content: the same whatever they are called and whenever they came. */
export interface Embedded {
  photoIds: number[];
  contentHashes: string[];
  trunkId: string;
  numViews: number;
  /** Of trunk, views and contents: equal hash, equal features. */
  inputHash: string;
}

/** After more photos than this a run goes on in a fresh process. */
const MANY = 2000;
const SMALL_FILE_BYTES = 100_000;

/**
 * Stage 2: reads every new photo once (facts, thumbnail, view 0), then embeds the further views. `onFirstLook` runs in between, when
 * every photo has its first view and draft groups can be shown, and says whether it made any. Every photo is written when it is done, so a
 * killed run goes on where it was.
 */
export async function embed(
  context: StageContext,
  onFirstLook: (embedded: Embedded) => Promise<boolean>,
): Promise<Embedded> {
  return timeStage(context, 'embed', async (record) => {
    const { store } = context;
    makeThumbnailFolders(context.libraryDir);
    const { trunkId, note } = await settleTrunk(context);
    record.note = note;
    record.items = await readNewPhotos(context, trunkId);
    await makeRoom(context, record.items);
    const photos = store.photos.toCluster();
    const numViews = context.options.numViews ?? chooseNumViews(photos.length);
    store.runs.setNumViews(context.runId, numViews);
    const numLookedAt = await embedViews(context, trunkId, photos, 1, 'Taking a first look');
    await makeRoom(context, numLookedAt);
    // A file that could not be read for its further views is a problem file now and no longer among the photos.
    const hasDrafted = await onFirstLook(describeEmbedded(store.photos.toCluster(), trunkId, 1));
    if (hasDrafted) await makeRoom(context, photos.length);
    const numLookedCloser = await embedViews(context, trunkId, store.photos.toCluster(), numViews, 'Looking closer');
    await makeRoom(context, numLookedCloser);
    const embedded = describeEmbedded(store.photos.toCluster(), trunkId, numViews);
    record.inputHash = embedded.inputHash;
    return embedded;
  });
}

/**
 * What comes next needs the room that work on so many photos took (bench:memory): the trunk is given back, to be opened again in a sixth of a
 * second, and after many photos the process.
 */
async function makeRoom(context: StageContext, numPhotos: number): Promise<void> {
  await context.releaseTrunk();
  if (numPhotos > MANY) context.renew();
}

/** More views of a small library cost little; a large one has more photos to learn from (five is what was measured). */
export function chooseNumViews(numPhotos: number): number {
  if (numPhotos <= 10_000) return 5;
  return numPhotos <= 50_000 ? 4 : 3;
}

/** Embeds views below `numViews` for the photos that lack one. @returns How many did. */
async function embedViews(
  context: StageContext,
  trunkId: string,
  photos: readonly PhotoToRead[],
  numViews: number,
  activity: string,
): Promise<number> {
  const { store, progress, signal } = context;
  const known = store.embeddings.viewsByPhotoId(trunkId);
  const isLacking = (id: number, view: number): boolean => !known.get(id)?.has(view);
  const wanted = Array.from({ length: numViews }, (_, view) => view);
  const lacking = photos.filter((photo) => wanted.some((view) => isLacking(photo.id, view)));
  if (lacking.length === 0) return 0;
  const views = wanted.filter((view) => lacking.some((photo) => isLacking(photo.id, view)));
  const trunk = await context.trunk(trunkId);
  const part: PartProgress = progress.begin('embed', activity, lacking.length, { from: FIRST_PASS });
  const batch = new WriteBatch(store.db);
  const { width } = trunk.description;
  const lost = new LostFolder(lacking);
  try {
    await embedPhotos({
      photos: lacking.map((photo) => ({
        id: photo.id,
        absolutePath: join(photo.folder, photo.path),
        contentHash: photo.content_hash!,
        thumbnailPath: isQuickToRead(photo) ? null : thumbnailFile(context.libraryDir, photo.content_hash!),
      })),
      views,
      trunk,
      seed: VIEW_SEED,
      signal,
      onStart: (id) => context.reading(id),
      onRead: (id) => context.read(id),
      onPhoto: (id, features) => {
        part.add();
        batch.add(() =>
          views.forEach((view, row) =>
            store.embeddings.put(trunkId, id, view, features.subarray(row * width, (row + 1) * width)),
          ),
        );
      },
      onFailure: (id, error) => {
        if (lost.explains(id)) return;
        progress.addFailed();
        batch.add(() => store.photos.setFailed(id, error.message, error.problem));
      },
    });
  } finally {
    batch.flush();
  }
  lost.throwIfLost();
  return lacking.length;
}

/** A small file is decoded as fast as its thumbnail, which is a little worse for having been compressed twice. */
function isQuickToRead(photo: PhotoToRead): boolean {
  return photo.size_bytes < SMALL_FILE_BYTES && existsSync(fsPath(join(photo.folder, photo.path)));
}

function describeEmbedded(photos: readonly PhotoToRead[], trunkId: string, numViews: number): Embedded {
  const contentHashes = photos.map((photo) => photo.content_hash!);
  const hash = createHash('sha256').update(`${trunkId} ${numViews} ${VIEW_SEED}\n`);
  for (const contentHash of contentHashes) hash.update(contentHash);
  return { photoIds: photos.map((photo) => photo.id), contentHashes, trunkId, numViews, inputHash: hash.digest('hex') };
}
