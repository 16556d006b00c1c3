import { z } from 'zod';

import { GroupId, PhotoId } from './ids';

/** How sure Kindred is that a photo belongs where it is shown: `sure` ≥ .8, `likely` ≥ .5, else `unsure`. */
export const Certainty = z.enum(['sure', 'likely', 'unsure']);
export type Certainty = z.infer<typeof Certainty>;

export function certaintyOf(confidence: number): Certainty {
  if (confidence >= 0.8) return 'sure';
  return confidence >= 0.5 ? 'likely' : 'unsure';
}

/** A photo as a grid shows it. Everything else is fetched when it is opened. */
export const PhotoCell = z.object({
  id: PhotoId,
  /** File name without its folder. */
  name: z.string(),
  /** Width over height as displayed (after orientation); 1 where unknown. */
  aspect: z.number().positive(),
  confidence: z.number().min(0).max(1),
  certainty: Certainty,
  /** The person placed or confirmed it: runs never move it. */
  isPlaced: z.boolean(),
  /** How many photos the stack (burst, duplicates) holds, itself included. */
  stackSize: z.int().min(1),
});
export type PhotoCell = z.infer<typeof PhotoCell>;

/** The order of photos: sure and typical first, by date, by file name, least sure first, last added first. */
export const PhotoSort = z.enum(['typical', 'newest', 'oldest', 'name', 'unsure', 'added']);
export type PhotoSort = z.infer<typeof PhotoSort>;

export const PhotoDetails = z.object({
  id: PhotoId,
  name: z.string(),
  /** Path relative to the scanned folder, for reading only. */
  path: z.string(),
  folder: z.string(),
  sizeBytes: z.int().min(0),
  width: z.int().positive().nullable(),
  height: z.int().positive().nullable(),
  format: z.string().nullable(),
  /** Local time as the camera wrote it, ISO 8601, with its offset where known. */
  takenAt: z.string().nullable(),
  camera: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  group: z.object({ id: GroupId, name: z.string().nullable() }).nullable(),
  confidence: z.number().min(0).max(1),
  certainty: Certainty,
  isPlaced: z.boolean(),
  isOffline: z.boolean(),
  /** Worth knowing of a photo that is shown all the same: a part of it is missing, or its place is doubtful. */
  note: z.string().nullable().default(null),
  /** Photos of the same burst or copies, itself included. */
  stack: z.array(PhotoId),
});
export type PhotoDetails = z.infer<typeof PhotoDetails>;

/** Why a file is not among the photos: not a picture, or nothing that is followed or opened. */
export const LeftOutKind = z.enum(['video', 'link', 'special', 'other']);
export type LeftOutKind = z.infer<typeof LeftOutKind>;

/** A file that was passed over. */
export const LeftOutFile = z.object({ path: z.string(), kind: LeftOutKind });
export type LeftOutFile = z.infer<typeof LeftOutFile>;

/** A file that could not be used, with a reason a person understands. */
export const ProblemFile = z.object({
  id: PhotoId,
  path: z.string(),
  reason: z.string(),
});
export type ProblemFile = z.infer<typeof ProblemFile>;
