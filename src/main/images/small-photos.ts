import { throwIfAborted } from '@shared/ipc/errors';

import { PhotoError } from './photo-error';
import { readPhoto } from './read-photo';

/** Below this shorter side a photo counts as small: a larger network sees no more of it (docs/results.md, Small pictures). */
export const SMALL_SIDE = 48;
/** Hardly any picture that small makes a larger file: one that does need not be opened. */
const SMALL_FILE_BYTES = 50_000;
const NUM_SAMPLED = 60;

interface PhotoFile {
  id: number;
  absolutePath: string;
  sizeBytes: number;
}

interface SampleOptions {
  signal?: AbortSignal;
  /** Bracket the reading of a file by native code, as in {@link indexPhotos}. */
  onStart?: (id: number) => void;
  onRead?: (id: number) => void;
}

/**
 * Whether more than half of the photos are small, by a sample taken evenly from their order. What cannot be read is not small.
 *
 * @throws {AppError} `cancelled`.
 */
export async function areMostlySmall(photos: readonly PhotoFile[], options: SampleOptions = {}): Promise<boolean> {
  const numSampled = Math.min(photos.length, NUM_SAMPLED);
  let numSmall = 0;
  for (let at = 0; at < numSampled; at++) {
    if (options.signal) throwIfAborted(options.signal);
    if (await isSmall(photos[Math.floor((at * photos.length) / numSampled)]!, options)) numSmall += 1;
  }
  return numSmall > numSampled / 2;
}

async function isSmall({ id, absolutePath, sizeBytes }: PhotoFile, options: SampleOptions): Promise<boolean> {
  if (sizeBytes > SMALL_FILE_BYTES) return false;
  options.onStart?.(id);
  try {
    const { width, height } = (await readPhoto(absolutePath)).facts;
    return Math.min(width, height) < SMALL_SIDE;
  } catch (error) {
    if (error instanceof PhotoError) return false;
    throw error;
  } finally {
    options.onRead?.(id);
  }
}
