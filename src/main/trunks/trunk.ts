import { availableParallelism } from 'node:os';

import { z } from 'zod';

import { AppError } from '@shared/ipc/errors';
import { TrunkId } from '@shared/model/run';

import { startTrunkThread, type TrunkThread } from './trunk-thread';

/** `trunk.json`, which stands beside a trunk's ONNX file and says how to feed it. A person can add a folder of their own. */
export const TrunkDescription = z.object({
  /** Names the trunk in the database; features of different ids are never mixed. */
  id: TrunkId,
  name: z.string(),
  /** The model's file, in the same folder. */
  file: z.string().regex(/^[^/\\]+\.onnx$/),
  input: z.string(),
  output: z.string(),
  layout: z.literal('NCHW'),
  /** Side of the square input, in pixels. */
  size: z.int().min(16).max(1024),
  /** The input is (value/255 − mean)/std, for red, green and blue. */
  mean: z.tuple([z.number(), z.number(), z.number()]),
  std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  /** F, the length of a feature vector. */
  width: z.int().min(1).max(65536),
  licence: z.string(),
});
export type TrunkDescription = z.infer<typeof TrunkDescription>;

/** A pretrained network, Φ's frozen part: pictures in, features out. */
export interface Trunk {
  readonly description: TrunkDescription;
  /** Batches that are worked on at a time; more may be asked for and wait. */
  readonly numThreads: number;
  /**
   * @param pixels Normalised views, one after the other, not to be changed before the answer. Shape: [B, 3, size, size]; in a
   *   `SharedArrayBuffer` they are not copied on the caller's thread.
   * @returns Features, not normalised; the caller's. Shape: [B, F].
   */
  embed(pixels: Float32Array): Promise<Float32Array>;
  /** Ends the threads; batches still asked for are answered first. */
  dispose(): Promise<void>;
}

export interface TrunkOptions {
  /** Batches computed at once, each on one core. One leaves the machine to the person. */
  numThreads?: number;
  /** Whether the trunk keeps to one core for now; asked before every batch. */
  isGentle?: () => boolean;
}

/** Each holds a session of 100 MB and more. Six take as many views as one thread can cut, and the other cores decode. */
const MOST_THREADS = 6;

/**
 * Opens a trunk with ONNX Runtime on the CPU, in threads of its own.
 *
 * @param modelPath The ONNX file.
 * @throws {AppError} `failed-precondition` when the file is not the model that the description says.
 */
export async function openTrunk(
  description: TrunkDescription,
  modelPath: string,
  { numThreads = Math.min(MOST_THREADS, availableParallelism()), isGentle = () => false }: TrunkOptions = {},
): Promise<Trunk> {
  const { id, input, output, size, width } = description;
  const threads = Array.from({ length: numThreads }, () => startTrunkThread({ modelPath, input, output, size }));
  const dispose = async (): Promise<void> => {
    await Promise.all(threads.map((thread) => thread.dispose()));
  };
  const names = await Promise.all(threads.map(({ opened }) => opened)).catch(async (error: unknown) => {
    await dispose();
    const message = `The network "${id}" could not be opened: its file is missing or damaged.`;
    throw new AppError('failed-precondition', message, { cause: error });
  });
  const { inputNames = [], outputNames = [] } = names[0] ?? {};
  if (!inputNames.includes(input) || !outputNames.includes(output)) {
    await dispose();
    throw new AppError(
      'failed-precondition',
      `The network "${id}" has inputs ${inputNames.join(', ')} and outputs ${outputNames.join(', ')}, ` +
        `not "${input}" and "${output}" as its trunk.json says.`,
    );
  }

  const idle = [...threads];
  const waiting: ((thread: TrunkThread) => void)[] = [];
  const maxBusy = (): number => (isGentle() ? 1 : numThreads);
  const handOut = (): void => {
    while (waiting.length > 0 && idle.length > numThreads - maxBusy()) waiting.shift()!(idle.pop()!);
  };
  const takeThread = (): Promise<TrunkThread> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      handOut();
    });
  const giveBack = (thread: TrunkThread): void => {
    idle.push(thread);
    handOut();
  };
  const pending = new Set<Promise<unknown>>();

  return {
    description,
    numThreads,
    async embed(pixels) {
      const batch = pixels.length / (3 * size * size);
      if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`${pixels.length} values are no batch of views`);
      const embedding = takeThread().then((thread) => thread.embed(pixels).finally(() => giveBack(thread)));
      pending.add(embedding);
      const features = await embedding.finally(() => pending.delete(embedding));
      if (features instanceof Float32Array && features.length === batch * width) return features;
      throw new AppError('failed-precondition', `The network "${id}" does not give ${width} numbers a picture.`);
    },
    async dispose() {
      await Promise.allSettled(pending);
      await dispose();
    },
  };
}
