import { indexPhotos, type IndexPhotosOptions } from './embed-photos';

/** Below this shorter side a photo counts as small: a larger network sees no more of it (docs/decisions/networks.md). */
export const SMALL_SIDE = 48;
/** Hardly any picture that small makes a larger file: one that does need not be opened. */
const SMALL_FILE_BYTES = 50_000;
const NUM_SAMPLED = 60;

interface PhotoFile {
  id: number;
  absolutePath: string;
  sizeBytes: number;
}

/**
 * Whether more than half of the photos are small, by a sample taken evenly from their order. What cannot be read is not small.
 *
 * @throws {AppError} `cancelled`.
 */
export async function areMostlySmall(
  photos: readonly PhotoFile[],
  pass: Pick<IndexPhotosOptions, 'signal' | 'onStart' | 'onRead'> = {},
): Promise<boolean> {
  const numSampled = Math.min(photos.length, NUM_SAMPLED);
  const sample = Array.from({ length: numSampled }, (_, at) => photos[Math.floor((at * photos.length) / numSampled)]!);
  let numSmall = 0;
  await indexPhotos({
    ...pass,
    photos: sample.filter(({ sizeBytes }) => sizeBytes <= SMALL_FILE_BYTES),
    // The seed is for cutting views, and none are cut here.
    seed: 0,
    onPhoto: (_, { width, height }) => {
      if (Math.min(width, height) < SMALL_SIDE) numSmall += 1;
    },
    onFailure: () => undefined,
  });
  return numSmall > numSampled / 2;
}
