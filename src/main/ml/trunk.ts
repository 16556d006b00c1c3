import { InferenceSession, Tensor } from 'onnxruntime-node';
import { z } from 'zod';

import { AppError } from '@shared/ipc/errors';

/** `trunk.json`, which stands beside a trunk's ONNX file and says how to feed it. A person can add a folder of their own. */
export const TrunkDescription = z.object({
  /** Names the trunk in the database; features of different ids are never mixed. */
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
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
  /**
   * @param pixels Normalised views, one after the other. Shape: [B, 3, size, size].
   * @returns Features, not normalised. Shape: [B, F].
   */
  embed(pixels: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface TrunkOptions {
  /** Threads inside one operation. Two keep a small machine's cores busy beside decoding. */
  numThreads?: number;
}

/**
 * Opens a trunk with ONNX Runtime on the CPU.
 *
 * ONNX Runtime's threads wait without spinning: they share their cores with the decoders, and a spinning thread takes
 * from those what it does not use itself.
 *
 * @param modelPath The ONNX file.
 * @throws {AppError} `failed-precondition` when the file is not the model that the description says.
 */
export async function openTrunk(
  description: TrunkDescription,
  modelPath: string,
  { numThreads = 2 }: TrunkOptions = {},
): Promise<Trunk> {
  const { id, input, output, size, width } = description;
  let session: InferenceSession;
  try {
    session = await InferenceSession.create(modelPath, {
      executionProviders: ['cpu'],
      intraOpNumThreads: numThreads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw new AppError(
      'failed-precondition',
      `The network "${id}" could not be opened: its file is missing or damaged.`,
      {
        cause: error,
      },
    );
  }
  if (!session.inputNames.includes(input) || !session.outputNames.includes(output)) {
    await session.release();
    throw new AppError(
      'failed-precondition',
      `The network "${id}" has inputs ${session.inputNames.join(', ')} and outputs ${session.outputNames.join(', ')}, ` +
        `not "${input}" and "${output}" as its trunk.json says.`,
    );
  }
  return {
    description,
    async embed(pixels) {
      const batch = pixels.length / (3 * size * size);
      if (!Number.isInteger(batch) || batch < 1) throw new RangeError(`${pixels.length} values are no batch of views`);
      const results = await session.run({ [input]: new Tensor('float32', pixels, [batch, 3, size, size]) }, [output]);
      const features = results[output];
      if (!(features?.data instanceof Float32Array) || features.data.length !== batch * width) {
        throw new AppError(
          'failed-precondition',
          `The network "${id}" does not give ${width} float32 features a picture.`,
        );
      }
      return features.data;
    },
    dispose: () => session.release(),
  };
}
