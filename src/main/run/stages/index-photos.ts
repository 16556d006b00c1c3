import { join } from 'node:path';

import { kindOf } from '../../images/formats';
import type { PhotoProblem } from '../../images/photo-error';
import { walkFolder } from '../../images/walk-folder';
import { ownerOf, partsOfOthers, pathIn } from '../../watch/folder-owner';
import { isFolderThere } from '../../watch/folder-presence';
import type { FolderRow } from '../../store/library';
import type { PhotoRow } from '../../store/photos';
import { type StageContext, timeStage } from '../stage-context';

/** File systems keep times to 1 µs, 100 ns or 2 s; a copy over FAT differs by less than this from itself. */
const SAME_TIME_MS = 2;
/** Failures that have to do with the moment, not with the file: it is read again by each scan. */
const passingProblems: readonly (PhotoProblem | 'unstored')[] = [
  ...(['unreadable', 'vanished', 'too-slow', 'changed', 'unexpected', 'unstored'] as const),
];
/** Rows written in one transaction. */
const BATCH = 500;

/**
 * Stage 1: finds the files of every online folder and compares them with what is known. A file of the same size and time is not read again;
 * a new or changed one is to be read by the next stage, which finds out which photo it is (see [Note: A photo is its content] in
 * store/photo-identity.ts); one that is gone is marked missing and keeps everything the person did with it.
 */
export async function indexPhotos(context: StageContext): Promise<void> {
  await timeStage(context, 'index-photos', async (record) => {
    const { store, progress } = context;
    const part = progress.begin('index-photos', 'Looking for photos', 0);
    let numFound = 0;
    let numLeftOut = 0;
    const folders = store.library.folders();
    for (const folder of folders) {
      if (!(await isFolderThere(folder.path, store.photos.hasAny(folder.id)))) {
        store.library.setOffline(folder.id, true);
        context.find(`The folder ${folder.path} is not there now; its photos stay as they are.`);
        continue;
      }
      const owner = ownerOf(folders, folder.path)!;
      if (owner !== folder) {
        leaveToOwner(context, folder, owner);
        continue;
      }
      const without = partsOfOthers(folders, folder);
      const found = await indexFolder(context, folder, without, (count) => part.to(numFound + count, numFound + count));
      numFound += found.numFound;
      numLeftOut += found.numLeftOut;
    }
    store.library.setNumLeftOut(numLeftOut);
    record.items = numFound;
  });
}

async function indexFolder(
  context: StageContext,
  folder: FolderRow,
  without: ReadonlySet<string>,
  onFound: (count: number) => void,
): Promise<{ numFound: number; numLeftOut: number }> {
  const { store, signal } = context;
  const knownByPath = new Map(store.photos.inFolder(folder.id).map((photo) => [photo.path, photo]));
  const walk = walkFolder(folder.path, { signal, without });
  const seen = new Set<string>();
  let batch: (() => void)[] = [];
  const flush = store.db.transaction((writes: (() => void)[]) => writes.forEach((write) => write()));
  for await (const file of walk) {
    seen.add(file.path);
    const known = knownByPath.get(file.path);
    batch.push(() => noteFile(context, folder.id, file, known));
    if (batch.length >= BATCH) {
      flush.immediate(batch);
      batch = [];
    }
    onFound(seen.size);
  }
  // A drive that went while it was looked through tells nothing about what is on it.
  if (!(await isFolderThere(folder.path, knownByPath.size > 0))) {
    flush.immediate(batch);
    store.library.setOffline(folder.id, true);
    context.find(`The folder ${folder.path} is not there now; its photos stay as they are.`);
    return { numFound: seen.size, numLeftOut: walk.numLeftOut };
  }
  for (const { path, reason } of walk.problems) {
    seen.add(path);
    batch.push(() => noteProblem(context, folder.id, path, reason, knownByPath.get(path)));
  }
  // An emptied mount point looks like a folder whose every photo was deleted: nothing is marked missing then.
  const isEmptied = seen.size === 0 && knownByPath.size > 0;
  store.library.setOffline(folder.id, isEmptied);
  if (isEmptied) context.find(`The folder ${folder.path} is empty now; its photos stay as they are.`);
  else {
    for (const known of knownByPath.values()) {
      if (!seen.has(known.path) && !known.is_missing && !isInProblemFolder(known.path, walk.problems)) {
        batch.push(() => store.photos.setMissing(known.id, true));
      }
    }
  }
  // Before what could not be looked at just now is noted.
  store.photos.retryPassing(folder.id, passingProblems);
  flush.immediate(batch);
  store.library.setLeftOut(folder.id, walk.leftOutFiles);
  pairPhotos(context, folder.id);
  return { numFound: seen.size, numLeftOut: walk.numLeftOut };
}

/** A folder inside one that was added before has no photos of its own; those that an earlier version gave it are the other's. */
function leaveToOwner({ store }: StageContext, folder: FolderRow, owner: FolderRow): void {
  const doubled = store.photos.inFolder(folder.id).filter((photo) => {
    const own = store.photos.at(owner.id, pathIn(owner, join(folder.path, photo.path)));
    return !photo.is_missing && own !== undefined && !own.is_missing;
  });
  store.db.transaction(() => doubled.forEach(({ id }) => store.photos.setMissing(id, true))).immediate();
  store.library.setOffline(folder.id, false);
  store.library.setLeftOut(folder.id, []);
}

/** A camera RAW beside a picture of the same name is the same shot: the picture is shown and learned from, the RAW follows it. */
function pairPhotos({ store }: StageContext, folderId: number): void {
  const present = store.photos.inFolder(folderId).filter((photo) => !photo.is_missing && photo.status !== 'failed');
  const pictureByShot = new Map<string, number>();
  for (const photo of present) {
    if (kindOf(photo.path) === 'photo') pictureByShot.set(shotOf(photo.path), photo.id);
  }
  store.db
    .transaction(() => {
      for (const photo of present) {
        const primary = kindOf(photo.path) === 'raw' ? (pictureByShot.get(shotOf(photo.path)) ?? null) : null;
        if (primary !== photo.primary_photo_id) store.photos.setPrimary(photo.id, primary);
      }
    })
    .immediate();
}

/** Folder and name without the extension. */
function shotOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.')).toLowerCase();
}

function noteFile(
  { store }: StageContext,
  folderId: number,
  file: { path: string; sizeBytes: number; mtimeMs: number },
  known: PhotoRow | undefined,
): void {
  if (!known) {
    store.photos.insert(folderId, file.path, file.sizeBytes, file.mtimeMs);
  } else if (known.size_bytes !== file.sizeBytes || Math.abs(known.mtime_ms - file.mtimeMs) > SAME_TIME_MS) {
    if (known.content_hash === null) store.photos.markChanged(known.id, file.sizeBytes, file.mtimeMs);
    else store.identity.setAside(known, file.sizeBytes, file.mtimeMs);
  } else if (known.is_missing) {
    store.photos.setMissing(known.id, false);
  }
}

/** A file or folder that could not even be looked at is listed like a photo that could not be read. */
function noteProblem(
  { store, progress }: StageContext,
  folderId: number,
  path: string,
  reason: string,
  known: PhotoRow | undefined,
): void {
  progress.addFailed();
  const id = known?.id ?? store.photos.insert(folderId, path, 0, 0);
  if (known?.is_missing) store.photos.setMissing(id, false);
  store.photos.setFailed(id, reason, 'unreadable' satisfies PhotoProblem);
}

/** Photos below a folder that could not be read now are not missing. */
function isInProblemFolder(path: string, problems: readonly { path: string }[]): boolean {
  return problems.some((problem) => path.startsWith(`${problem.path}/`));
}
