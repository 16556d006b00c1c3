/**
 * @file Decoders written for JavaScript or WebAssembly run without a pause, so they get a thread of their own: the pipeline's
 * own thread goes on, and a picture that takes too long is stopped with its thread. The program is in thread-decoders.ts.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

import { MAX_DECODE_SECONDS, MAX_PIXELS_IN_MEMORY } from './limits';
import { PhotoError } from './photo-error';
import { threadProgram } from './thread-decoders';

export type ThreadFormat = 'heif' | 'bmp' | 'jxl';

export interface ThreadPicture {
  /** RGB or RGBA, 8 bits a channel. */
  data: Uint8Array;
  channels: 3 | 4;
  width: number;
  height: number;
  /** Of the full picture; larger than `width` and `height` where an embedded smaller one was enough. */
  fullWidth: number;
  fullHeight: number;
}

type Reply = { ok: true; picture: ThreadPicture } | { ok: false; tooLarge: boolean; message: string };

interface Request {
  format: ThreadFormat;
  bytes: Buffer;
  shorterSide: number;
}

/** WebAssembly's memory only grows: a thread with nothing to do for so long is ended, and its memory with it. */
const IDLE_MS = 5000;

let worker: Worker | null = null;
let idle: NodeJS.Timeout | undefined;
let lastInLine: Promise<unknown> = Promise.resolve();

/**
 * Decodes one picture; calls wait for each other, as the memory of two such decoders at once is not worth the time.
 *
 * @param shorterSide An embedded smaller picture with at least this shorter side is enough; 0 asks for the full one.
 * @throws {PhotoError}
 */
export function decodeInThread(bytes: Buffer, format: ThreadFormat, shorterSide: number): Promise<ThreadPicture> {
  const result = lastInLine.then(() => decodeNow({ bytes, format, shorterSide }));
  lastInLine = result.catch(() => undefined);
  return result;
}

function startWorker(): Worker {
  const requireFrom = createRequire(import.meta.url);
  const workerData = {
    libheif: requireFrom.resolve('libheif-js/wasm-bundle'),
    bmp: requireFrom.resolve('bmp-ts'),
    jxl: pathToFileURL(requireFrom.resolve('@jsquash/jxl/decode.js')).href,
    jxlWasm: requireFrom.resolve('@jsquash/jxl/codec/dec/jxl_dec.wasm'),
    maxPixels: MAX_PIXELS_IN_MEMORY,
  };
  const thread = new Worker(threadProgram, {
    eval: true,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    stdout: true,
    stderr: true,
  });
  // Libraries that print would disturb the command line's own output.
  thread.stdout.resume();
  thread.stderr.resume();
  return thread;
}

async function decodeNow(request: Request): Promise<ThreadPicture> {
  clearTimeout(idle);
  const thread = (worker ??= startWorker());
  const reply = await askThread(thread, request);
  idle = setTimeout(() => {
    if (worker === thread) worker = null;
    void thread.terminate();
  }, IDLE_MS).unref();
  if (reply.ok) return reply.picture;
  if (reply.tooLarge) {
    const limit = MAX_PIXELS_IN_MEMORY / 1e6;
    const message = `The picture is too large: ${reply.message} pixels (the limit is ${limit} million).`;
    throw new PhotoError('too-large', message);
  }
  throw new PhotoError('damaged', 'The file is damaged: the picture in it could not be read.', {
    cause: new Error(reply.message),
  });
}

/** Waits for the answer, but not for ever: a thread that takes too long or breaks is ended, and the next picture gets a new one. */
function askThread(thread: Worker, request: Request): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const stop = (reason: PhotoError): void => {
      if (worker === thread) worker = null;
      void thread.terminate();
      finish(() => reject(reason));
    };
    const onMessage = (reply: Reply): void => finish(() => resolve(reply));
    const onError = (cause: Error): void =>
      stop(new PhotoError('damaged', 'The file is damaged: the picture in it could not be read.', { cause }));
    const onExit = (): void => stop(new PhotoError('damaged', 'The file is damaged: the decoder stopped at it.'));
    const timer = setTimeout(
      () => stop(new PhotoError('too-slow', `Reading the picture took longer than ${MAX_DECODE_SECONDS} seconds.`)),
      MAX_DECODE_SECONDS * 1000,
    );
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      thread.unref();
      end();
    };
    thread.ref();
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    thread.postMessage(request);
  });
}
