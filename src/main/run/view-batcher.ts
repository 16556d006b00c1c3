import { AppError } from '@shared/ipc/errors';

import type { Trunk } from '@main/trunks/trunk';

import type { TrunkInput } from '../images/views';

/** Gathers single views into batches for a trunk. */
export interface ViewBatcher {
  /**
   * Has a view written straight into the open batch; the batch goes to the trunk when it is full.
   *
   * @param write Writes [3, size, size] from `offset` on, at once.
   * @returns The view's features. Shape: [F]; a copy, the caller's to keep.
   */
  add(write: (input: TrunkInput, out: Float32Array, offset: number) => void): Promise<Float32Array>;
  /** Resolves when there is room: the trunk has at most one batch waiting for each of its threads. */
  ready(): Promise<void>;
  /** Sends off the open batch though it is not full. */
  flush(): void;
  /** Sends nothing more; views still waiting are refused. */
  close(): void;
}

interface Batch {
  pixels: Float32Array;
  waiting: { resolve: (features: Float32Array) => void; reject: (error: unknown) => void }[];
}

/**
 * Makes a batcher. Pixel buffers are shared with the trunk's threads and used again (5 MB each at 8 views of 224 pixels); there are as many
 * as batches can be filled, waiting and worked on.
 */
export function createViewBatcher(trunk: Trunk, batchSize: number): ViewBatcher {
  const { size, width } = trunk.description;
  const valuesPerView = 3 * size * size;
  const spare: Float32Array[] = [];
  let open: Batch | null = null;
  let numSent = 0;
  const wake: (() => void)[] = [];
  let isClosed = false;

  const run = async ({ pixels, waiting }: Batch): Promise<void> => {
    numSent++;
    try {
      if (isClosed) throw new AppError('cancelled', 'Cancelled.');
      const features = await trunk.embed(pixels.subarray(0, waiting.length * valuesPerView));
      waiting.forEach(({ resolve }, row) => resolve(features.slice(row * width, (row + 1) * width)));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    } finally {
      numSent--;
      spare.push(pixels);
      for (const callback of wake.splice(0)) callback();
    }
  };

  const flush = (): void => {
    if (!open) return;
    const batch = open;
    open = null;
    void run(batch);
  };

  return {
    add(write) {
      open ??= { pixels: spare.pop() ?? newPixels(batchSize * valuesPerView), waiting: [] };
      const batch = open;
      write(trunk.description, batch.pixels, batch.waiting.length * valuesPerView);
      const features = new Promise<Float32Array>((resolve, reject) => batch.waiting.push({ resolve, reject }));
      if (batch.waiting.length === batchSize) flush();
      return features;
    },
    async ready() {
      while (numSent >= 2 * trunk.numThreads && !isClosed) await new Promise<void>((resolve) => wake.push(resolve));
    },
    flush,
    close() {
      isClosed = true;
      flush();
      for (const callback of wake.splice(0)) callback();
    },
  };
}

function newPixels(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));
}
