/**
 * @file Decoders written for JavaScript or WebAssembly run without a pause, so they get a thread of their own: the pipeline's
 * own thread goes on, and a picture that takes too long is stopped with its thread. The LGPL library libheif stays a separate
 * module behind this door.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

import { MAX_DECODE_SECONDS, MAX_PIXELS_IN_MEMORY } from './limits';
import { PhotoError } from './photo-error';

export interface ThreadPicture {
  /** RGBA, 8 bits a channel. */
  data: Uint8Array;
  width: number;
  height: number;
  /** Of the full picture; larger than `width` and `height` where an embedded smaller one was enough. */
  fullWidth: number;
  fullHeight: number;
}

type Reply = { ok: true; picture: ThreadPicture } | { ok: false; tooLarge: boolean; message: string };

/** The thread's program. As text it needs no file of its own beside the bundle; it only loads libraries by their paths. */
const program = /* js */ `
const { parentPort, workerData } = require('node:worker_threads');

class TooLarge extends Error {}
function check(width, height) {
  if (!(width > 0 && height > 0)) throw new Error('no size');
  if (width * height > workerData.maxPixels) throw new TooLarge(width + ' × ' + height);
}

const decoders = {
  async heif(bytes) {
    const all = require(workerData.heicDecode).all;
    const images = await all({ buffer: bytes });
    try {
      const { width, height } = images[0];
      check(width, height);
      const { data } = await images[0].decode();
      return { data: new Uint8Array(data.buffer), width, height, fullWidth: width, fullHeight: height };
    } finally {
      images.dispose();
    }
  },
  async bmp(bytes) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const width = Math.abs(buffer.readInt32LE(18));
    const height = Math.abs(buffer.readInt32LE(22));
    check(width, height);
    const hasAlpha = buffer.readUInt16LE(28) === 32;
    const decoded = require(workerData.bmp).decode(buffer, { toRGBA: true });
    const data = new Uint8Array(decoded.data);
    // Many programs leave the fourth byte zero and mean opaque.
    let seen = 0;
    for (let i = 3; hasAlpha && i < data.length; i += 4) seen |= data[i];
    if (seen === 0) for (let i = 3; i < data.length; i += 4) data[i] = 255;
    return { data, width, height, fullWidth: width, fullHeight: height };
  },
};

parentPort.on('message', async ({ format, bytes }) => {
  try {
    const picture = await decoders[format](bytes);
    parentPort.postMessage({ ok: true, picture }, [picture.data.buffer]);
  } catch (error) {
    parentPort.postMessage({ ok: false, tooLarge: error instanceof TooLarge, message: String(error && error.message) });
  }
});
`;

let worker: Worker | null = null;
let lastInLine: Promise<unknown> = Promise.resolve();

/**
 * Decodes one picture; calls wait for each other, as the memory of two such decoders at once is not worth the time.
 *
 * @throws {PhotoError}
 */
export function decodeInThread(
  bytes: Buffer,
  format: 'heif' | 'bmp' | 'jxl',
  _shorterSide: number,
): Promise<ThreadPicture> {
  if (format === 'jxl') {
    return Promise.reject(new PhotoError('unsupported', 'Kindred cannot read JPEG XL pictures yet.'));
  }
  const result = lastInLine.then(() => decodeNow(bytes, format));
  lastInLine = result.catch(() => undefined);
  return result;
}

function startWorker(): Worker {
  const requireFrom = createRequire(import.meta.url);
  const workerData = {
    heicDecode: requireFrom.resolve('heic-decode'),
    bmp: requireFrom.resolve('bmp-ts'),
    maxPixels: MAX_PIXELS_IN_MEMORY,
  };
  return new Worker(program, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
}

async function decodeNow(bytes: Buffer, format: string): Promise<ThreadPicture> {
  const thread = (worker ??= startWorker());
  const reply = await askThread(thread, { format, bytes });
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
function askThread(thread: Worker, request: { format: string; bytes: Buffer }): Promise<Reply> {
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
