/**
 * @file Decoding and inference, overlapped. Several photos are read and decoded at a time in libuv's threads while the trunk
 * works on a batch of finished views; memory stays bounded by the photos in flight plus one batch.
 *
 * [Note: What a pass costs] On 2 cores a 12-megapixel JPEG takes about 15 ms to decode and 7 ms in the trunk. The first pass
 * therefore does everything that needs the large file at once (hash, metadata, thumbnail, view 0); later views are cut from the
 * stored thumbnail, which holds the same small picture, at 1 ms instead of 15.
 */
import { readFile } from 'node:fs/promises';

import PQueue from 'p-queue';

import { throwIfAborted } from '@shared/ipc/errors';

import { createPacer, isGentle } from '@main/scan/engine/pace';
import type { Trunk } from '@main/trunks/trunk';

import { decodePicture } from '../images/decode-picture';
import { extensionOf, sniffFormat } from '../images/formats';
import { PhotoError } from '../images/photo-error';
import { type PhotoFacts, readPhoto } from '../images/read-photo';
import { type Picture, writeView } from '../images/views';
import { createViewBatcher, type ViewBatcher } from './view-batcher';

/** Photos read at once: enough to keep the decoders busy while a batch is in the trunk (measured: 8–16 alike, 4 slower). */
export const DEFAULT_IN_FLIGHT = 12;

/**
 * Views per batch. Four hold threads up a twentieth less than one, 16 more; but a session's memory grows with them, and there is one for each
 * thread. Features are the same to the last bit.
 */
export function chooseBatchSize({ numThreads }: Pick<Trunk, 'numThreads'>): number {
  return numThreads > 2 ? 1 : 4;
}

interface PassOptions {
  /** The library's seed, for the views. */
  seed: number;
  batchSize?: number;
  /** Photos read at once, where the default is not meant; 1 finds the file that brings a decoder down. */
  numInFlight?: number;
  signal?: AbortSignal;
  /** Called when a file is opened. The host notes it, so that after a crash it knows which files were open. */
  onStart?: (id: number) => void;
  /** Called when a file is read and decoded and only waits for the trunk: what happens from here on is not its fault. */
  onRead?: (id: number) => void;
  /** A file that cannot be used; the pass goes on. */
  onFailure: (id: number, error: PhotoError) => void;
}

export interface IndexPhotosOptions extends PassOptions {
  photos: Iterable<{ id: number; absolutePath: string }> | AsyncIterable<{ id: number; absolutePath: string }>;
  /** Where a photo's thumbnail goes; its folder must exist. */
  thumbnailPath?: (contentHash: string) => string;
  /** Gives view 0's features in the same pass. */
  trunk?: Trunk | null;
  /** @param features Shape: [F]; null without a trunk. */
  onPhoto: (id: number, facts: PhotoFacts, features: Float32Array | null) => void;
}

/**
 * Reads photos for the first time: facts, thumbnail and, with a trunk, view 0 from one decode. Results arrive in any order.
 *
 * @throws {AppError} `cancelled`, at once; what was in flight is dropped and nothing is called afterwards.
 */
export async function indexPhotos(options: IndexPhotosOptions): Promise<void> {
  const { trunk, thumbnailPath, seed, onPhoto } = options;
  const batcher = trunk ? createViewBatcher(trunk, options.batchSize ?? chooseBatchSize(trunk)) : null;
  await runPass(options, options.photos, batcher, async ({ id, absolutePath }, { release, isOver }) => {
    const { facts, small } = await readPhoto(absolutePath, { thumbnailPath });
    if (isOver()) return;
    const { contentHash } = facts;
    await batcher?.ready();
    if (isOver()) return;
    const embedded = batcher?.add((input, out, at) => writeView(small, 0, { contentHash, seed }, input, out, at));
    release();
    const features = (await embedded) ?? null;
    if (!isOver()) onPhoto(id, facts, features);
  });
}

export interface PhotoToEmbed {
  id: number;
  absolutePath: string;
  contentHash: string;
  /** The stored thumbnail; quicker than the file, and there while the file's drive is not. */
  thumbnailPath?: string | null;
}

export interface EmbedPhotosOptions extends PassOptions {
  photos: Iterable<PhotoToEmbed> | AsyncIterable<PhotoToEmbed>;
  /** View indices to make, 0 among them or not. */
  views: readonly number[];
  trunk: Trunk;
  /** @param features One row per view, in the order of `views`. Shape: [V, F]. */
  onPhoto: (id: number, features: Float32Array) => void;
}

/**
 * Embeds views of photos that were indexed before.
 *
 * @throws {AppError} `cancelled`, at once; what was in flight is dropped and nothing is called afterwards.
 */
export async function embedPhotos(options: EmbedPhotosOptions): Promise<void> {
  const { trunk, views, seed, onPhoto } = options;
  const { width } = trunk.description;
  const batcher = createViewBatcher(trunk, options.batchSize ?? chooseBatchSize(trunk));
  await runPass(options, options.photos, batcher, async (photo, { release, isOver }) => {
    const small = await readSmall(photo);
    if (isOver()) return;
    const features = new Float32Array(views.length * width);
    await batcher.ready();
    if (isOver()) return;
    const embedded = views.map(async (viewIndex, row) => {
      const vector = await batcher.add((input, out, at) =>
        writeView(small, viewIndex, { ...photo, seed }, input, out, at),
      );
      features.set(vector, row * width);
    });
    release();
    await Promise.all(embedded);
    if (!isOver()) onPhoto(photo.id, features);
  });
}

/** The small picture from the thumbnail, or from the file where there is none that can be read. */
async function readSmall({ absolutePath, thumbnailPath }: PhotoToEmbed): Promise<Picture> {
  if (thumbnailPath) {
    try {
      const bytes = await readFile(thumbnailPath);
      const { small, note } = await decodePicture(bytes, sniffFormat(bytes) ?? 'jpeg');
      if (note === null) return small;
    } catch {
      // A lost or damaged thumbnail costs a second decode, not the photo.
    }
  }
  return (await readPhoto(absolutePath)).small;
}

/** What a photo's work may tell the pass. */
interface Slot {
  /** The file is read; the next may be opened while this one waits for its batch. */
  release: () => void;
  /** The pass has ended (cancelled or failed): results are dropped. */
  isOver: () => boolean;
}

/**
 * Pictures for the decoding thread wait here, before they count as being read: the thread takes one at a time, and a photo in line behind
 * eleven slow ones must not look as if it hung. Two, so that one is read from the disk while the other is decoded.
 */
const threadLane = new PQueue({ concurrency: 2 });

function needsThread(path: string): boolean {
  return ['heic', 'heif', 'hif', 'bmp', 'dib', 'jxl'].includes(extensionOf(path));
}

/** Runs `work` for every photo, reading `numInFlight` at a time, and sends the last, partly filled batch off when nothing more comes. */
async function runPass<P extends { id: number; absolutePath: string }>(
  { numInFlight, signal, onStart, onRead, onFailure }: PassOptions,
  photos: Iterable<P> | AsyncIterable<P>,
  batcher: ViewBatcher | null,
  work: (photo: P, slot: Slot) => Promise<void>,
): Promise<void> {
  throwIfAborted(signal);
  let isOver = false;
  let failure: { error: unknown } | null = null;
  let numReading = 0;
  let numUnfinished = 0;
  // One waiter only, this function; a plain callback, as racing promises against a long-lived one would gather garbage.
  let wake: (() => void) | null = null;
  const changed = (): Promise<void> => new Promise((resolve) => (wake = resolve));
  const check = (): void => {
    throwIfAborted(signal);
    if (failure) throw failure.error;
  };
  // Without the signal, so that a cancelled run ends with the words of `check`.
  const pace = createPacer();
  const onAbort = (): void => wake?.();
  signal?.addEventListener('abort', onAbort, { once: true });

  const start = (photo: P): void => {
    const { promise: isRead, resolve: leaveLane } = Promise.withResolvers<void>();
    let isReading = true;
    const release = (): void => {
      if (!isReading) return;
      isReading = false;
      numReading--;
      leaveLane();
      onRead?.(photo.id);
      wake?.();
    };
    numReading++;
    numUnfinished++;
    const begin = async (): Promise<void> => {
      if (isOver) return;
      onStart?.(photo.id);
      await work(photo, { release, isOver: () => isOver });
    };
    // The lane is for reading only: a batch may need the next in line to be filled.
    const beginInLane = async (): Promise<{ working: Promise<void> }> => {
      const working = begin();
      await Promise.race([isRead, working.catch(() => undefined)]);
      return { working };
    };
    const isSlow = needsThread(photo.absolutePath);
    void (isSlow ? threadLane.add(beginInLane).then(({ working }) => working) : begin())
      .catch((error: unknown) => {
        if (isOver) return;
        if (error instanceof PhotoError) onFailure(photo.id, error);
        else throw error;
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        numUnfinished--;
        release();
        wake?.();
      });
  };

  try {
    for await (const photo of photos) {
      check();
      start(photo);
      await pace();
      check();
      while (numReading >= (numInFlight ?? (isGentle() ? 1 : DEFAULT_IN_FLIGHT))) {
        await changed();
        check();
      }
    }
    while (numReading > 0) {
      await changed();
      check();
    }
    batcher?.flush();
    while (numUnfinished > 0) {
      await changed();
      check();
    }
    check();
  } finally {
    isOver = true;
    signal?.removeEventListener('abort', onAbort);
    batcher?.close();
  }
}
