/**
 * @file One thread with a session of the trunk. ONNX Runtime's Node binding computes on the thread that asks, so on the pipeline's own
 * thread every batch would hold up decoding, progress and cancel. Two threads with a one-thread session each also beat one session
 * with two: 9.9 against 12.6 ms of processor time per view (2 cores, batch 8 and 16), as nothing waits for its other half.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The thread's program. As text it needs no file of its own beside the bundle; it only loads ONNX Runtime by its path. */
const program = /* js */ `
const { parentPort, workerData } = require('node:worker_threads');
const { InferenceSession, Tensor } = require(workerData.runtime);
const { modelPath, input, output, size } = workerData;

const opening = InferenceSession.create(modelPath, {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
});
opening.then(
  ({ inputNames, outputNames }) => parentPort.postMessage({ kind: 'open', inputNames, outputNames }),
  (error) => parentPort.postMessage({ kind: 'failed', message: String(error && error.message) }),
);

let local = new Float32Array(0);
parentPort.on('message', async (pixels) => {
  try {
    if (pixels === null) {
      const session = await opening.catch(() => null);
      if (session) await session.release();
      process.exit();
    }
    // The runtime takes no shared memory.
    if (local.length !== pixels.length) local = new Float32Array(pixels.length);
    local.set(pixels);
    const batch = pixels.length / (3 * size * size);
    const session = await opening;
    const results = await session.run({ [input]: new Tensor('float32', local, [batch, 3, size, size]) }, [output]);
    parentPort.postMessage({ kind: 'features', features: results[output].data, dims: results[output].dims });
  } catch (error) {
    parentPort.postMessage({ kind: 'failed', message: String(error && error.message) });
  }
});
`;

export interface TrunkThreadOptions {
  modelPath: string;
  input: string;
  output: string;
  size: number;
}

type Reply =
  | { kind: 'open'; inputNames: string[]; outputNames: string[] }
  | { kind: 'features'; features: unknown; dims: readonly number[] }
  | { kind: 'failed'; message: string };

/** Answers one request at a time. */
export interface TrunkThread {
  /** Names of the model's inputs and outputs. */
  opened: Promise<{ inputNames: string[]; outputNames: string[] }>;
  /** @param pixels Shape: [B, 3, size, size]; shared memory is read in place, other memory is copied. */
  embed(pixels: Float32Array): Promise<unknown>;
  /** The same, with the shape of the answer. */
  tryOut(pixels: Float32Array): Promise<{ features: unknown; dims: readonly number[] }>;
  dispose(): Promise<void>;
}

export function startTrunkThread(options: TrunkThreadOptions): TrunkThread {
  const runtime = createRequire(import.meta.url).resolve('onnxruntime-node');
  keepToItself();
  const worker = new Worker(program, { eval: true, workerData: { ...options, runtime } });
  // A thread that waits must not keep the process alive; one that works does so through its caller's promise.
  worker.unref();

  const nextReply = (): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const onMessage = (reply: Reply): void => finish(() => resolve(reply));
      const onError = (error: Error): void => finish(() => reject(error));
      const onExit = (): void => finish(() => reject(new Error('The thread of the trunk has ended.')));
      const finish = (end: () => void): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        worker.unref();
        end();
      };
      worker.ref();
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    });

  const tryOut = async (pixels: Float32Array): Promise<{ features: unknown; dims: readonly number[] }> => {
    worker.postMessage(pixels);
    const reply = await nextReply();
    if (reply.kind === 'features') return reply;
    throw new Error(reply.kind === 'failed' ? reply.message : 'The trunk answered out of turn.');
  };

  return {
    opened: nextReply().then((reply) => {
      if (reply.kind === 'open') return reply;
      throw new Error(reply.kind === 'failed' ? reply.message : 'The trunk answered out of turn.');
    }),
    tryOut,
    embed: async (pixels) => (await tryOut(pixels)).features,
    async dispose() {
      const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.ref();
      worker.postMessage(null);
      await ended;
    },
  };
}

/**
 * ONNX Runtime 1.30 reports its use to its maker: on Linux it writes a device id and events under `~/.cache/Microsoft`, and sends them. It reads this
 * variable of the process when it is loaded. A thread of its own has only a copy of the variables, so the thread that starts it sets it.
 */
function keepToItself(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
