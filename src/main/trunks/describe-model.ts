import { AppError } from '@shared/ipc/errors';

import { startTrunkThread, type TrunkThread, type TrunkThreadOptions } from './trunk-thread';

/**
 * Tries a model that nobody has described: which input and output it has, and how long a feature vector is.
 *
 * @throws {AppError} `failed-precondition`, saying what the model would have to be.
 */
export async function describeModel({
  modelPath,
  size,
  input: wantedInput,
  output: wantedOutput,
}: {
  modelPath: string;
  size: number;
  input?: string;
  output?: string;
}): Promise<{ input: string; output: string; width: number }> {
  const names = await withThread({ modelPath, input: '', output: '', size }, (thread) => thread.opened);
  const input = choose('input', names.inputNames, wantedInput);
  const output = choose('output', names.outputNames, wantedOutput);
  const pixels = new Float32Array(2 * 3 * size * size);
  const { dims, features } = await withThread({ modelPath, input, output, size }, async (thread) => {
    await thread.opened;
    return thread.tryOut(pixels);
  });
  const [batch, width] = dims;
  if (dims.length !== 2 || batch !== 2 || width === undefined || !(features instanceof Float32Array)) {
    throw refuse(`its output “${output}” is [${dims.join(', ')}] for two pictures, and should be two vectors`);
  }
  return { input, output, width };
}

async function withThread<T>(options: TrunkThreadOptions, use: (thread: TrunkThread) => Promise<T>): Promise<T> {
  const thread = startTrunkThread(options);
  try {
    return await use(thread);
  } catch (error) {
    throw error instanceof AppError ? error : refuse(error instanceof Error ? error.message : String(error));
  } finally {
    await thread.dispose();
  }
}

function choose(what: 'input' | 'output', names: readonly string[], wanted: string | undefined): string {
  const chosen = wanted ?? names[0];
  if (chosen !== undefined && names.includes(chosen) && (wanted !== undefined || names.length === 1)) return chosen;
  throw refuse(`its ${what}s are ${names.join(', ')}; say which with --${what}`);
}

function refuse(why: string): AppError {
  return new AppError('failed-precondition', `This network cannot be used: ${why}.`);
}
