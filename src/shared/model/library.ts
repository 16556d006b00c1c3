import { z } from 'zod';

import { FolderId, LibraryId } from './ids';
import { RunProgress, TrunkId } from './run';

export const FolderStatus = z.object({
  id: FolderId,
  path: z.string(),
  /** The folder is not there now (unplugged, unmounted): its photos stay, offline. */
  isOffline: z.boolean(),
});
export type FolderStatus = z.infer<typeof FolderStatus>;

export const PhotoCounts = z.object({
  total: z.int().min(0),
  indexed: z.int().min(0),
  failed: z.int().min(0),
  /** Hidden, system and non-photo files that were passed over. */
  leftOut: z.int().min(0),
});
export type PhotoCounts = z.infer<typeof PhotoCounts>;

export const LibraryStatus = z.object({
  id: LibraryId,
  name: z.string(),
  folders: z.array(FolderStatus),
  photos: PhotoCounts,
  run: RunProgress.nullable(),
  /** New photos are noticed while the library is open. */
  isWatching: z.boolean(),
  /** Runs work half the time, on one core. */
  isGentle: z.boolean(),
  /** Its database was found damaged: see `kindred repair`. */
  isDamaged: z.boolean().default(false),
  /** The network that runs look at photos with; null until the first run settles it. */
  trunk: TrunkId.nullable(),
  /** Photos and pairs that the person said something of since Kindred last learned. */
  numNewCorrections: z.int().min(0),
});
export type LibraryStatus = z.infer<typeof LibraryStatus>;

export const RecentLibrary = z.object({
  id: LibraryId,
  name: z.string(),
  folder: z.string(),
  numPhotos: z.int().min(0),
  openedAt: z.string(),
  isOffline: z.boolean(),
});
export type RecentLibrary = z.infer<typeof RecentLibrary>;

/** One level of the host's folders, for choosing one where no native dialog exists. */
export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })),
  /** Pictures directly inside, counted up to a thousand. */
  numPictures: z.int().min(0),
  places: z.array(z.object({ name: z.string(), path: z.string() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

/** How far the proof is. */
export const ProofProgress = z.object({ numChecked: z.int().min(0), numTotal: z.int().min(0) });
export type ProofProgress = z.infer<typeof ProofProgress>;

/** The proof: N of N originals are unchanged since they were indexed, or which are not. */
export const OriginalsProof = z.object({
  numChecked: z.int().min(0),
  numUnchanged: z.int().min(0),
  changed: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type OriginalsProof = z.infer<typeof OriginalsProof>;
