import { AppError } from '@shared/ipc/errors';

import type { Trunk } from '@main/ml/trunk';

import type { TrunkInput } from './views';

/** Gathers single views into batches for a trunk. */
export interface ViewBatcher {
  /**
   * Has a view written straight into the open batch; the batch goes to the trunk when it is full.
   *
   * @param write Writes [3, size, size] from `offset` on, at once.
   * @returns The view's features. Shape: [F]; a copy, the caller's to keep.
   */
  add(write: (input: TrunkInput, out: Float32Array, offset: number) => void): Promise<Float32Array>;
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
 * Makes a batcher. Batches are run one after the other: two at once would only share the same cores and double the memory. Pixel
 * buffers are used again (10 MB each at 16 views of 224 pixels).
 */
export function createViewBatcher(trunk: Trunk, batchSize: number): ViewBatcher {
  const { size, width } = trunk.description;
  const valuesPerView = 3 * size * size;
  const spare: Float32Array[] = [];
  let open: Batch | null = null;
  let last: Promise<void> = Promise.resolve();
  let isClosed = false;

  const run = async ({ pixels, waiting }: Batch): Promise<void> => {
    try {
      if (isClosed) throw new AppError('cancelled', 'Cancelled.');
      const features = await trunk.embed(pixels.subarray(0, waiting.length * valuesPerView));
      waiting.forEach(({ resolve }, row) => resolve(features.slice(row * width, (row + 1) * width)));
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    } finally {
      spare.push(pixels);
    }
  };

  const flush = (): void => {
    if (!open) return;
    const batch = open;
    open = null;
    last = last.then(() => run(batch));
  };

  return {
    add(write) {
      open ??= { pixels: spare.pop() ?? new Float32Array(batchSize * valuesPerView), waiting: [] };
      const batch = open;
      write(trunk.description, batch.pixels, batch.waiting.length * valuesPerView);
      const features = new Promise<Float32Array>((resolve, reject) => batch.waiting.push({ resolve, reject }));
      if (batch.waiting.length === batchSize) flush();
      return features;
    },
    flush,
    close() {
      isClosed = true;
      flush();
    },
  };
}
