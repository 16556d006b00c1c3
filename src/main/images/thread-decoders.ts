/**
 * @file The program of the decoding thread (see decode-in-thread.ts), as text: so it needs no file of its own beside the bundle, and libheif,
 * which is LGPL, stays a module of its own that is loaded by its path.
 *
 * HEIC is decoded through libheif's C interface rather than its JavaScript one, because only the former gives the thumbnail that phones
 * put into their files: 25 ms for an iPhone's 12 megapixels instead of 2,400.
 */
export const threadProgram = /* js */ `
const { parentPort, workerData } = require('node:worker_threads');

class TooLarge extends Error {}
function check(width, height) {
  if (!(width > 0 && height > 0)) throw new Error('no size');
  if (width * height > workerData.maxPixels) throw new TooLarge(width.toLocaleString('en') + ' × ' + height.toLocaleString('en'));
}

let libheif;
function decodeHeif(bytes, shorterSide) {
  libheif ??= require(workerData.libheif);
  const lib = libheif;
  const undo = [];
  const alloc = (size) => {
    const at = lib._malloc(size);
    undo.push(() => lib._free(at));
    return at;
  };
  const error = alloc(16);
  const out = alloc(16);
  const call = (name, ...inputs) => {
    lib[name](error, ...inputs);
    if (lib.HEAP32[error >> 2] !== 0) {
      const message = lib.HEAPU32[(error + 8) >> 2];
      const end = lib.HEAPU8.indexOf(0, message);
      throw new Error(name + ': ' + Buffer.from(lib.HEAPU8.subarray(message, end)).toString());
    }
    return lib.HEAPU32[out >> 2];
  };
  const sizeOf = (handle) => ({
    width: lib._heif_image_handle_get_width(handle),
    height: lib._heif_image_handle_get_height(handle),
  });
  try {
    const file = alloc(bytes.length);
    lib.HEAPU8.set(bytes, file);
    const context = lib._heif_context_alloc();
    undo.push(() => lib._heif_context_free(context));
    call('_heif_context_read_from_memory_without_copy', context, file, bytes.length, 0);
    const primary = call('_heif_context_get_primary_image_handle', context, out);
    undo.push(() => lib._heif_image_handle_release(primary));
    const full = sizeOf(primary);
    let chosen = primary;
    const numThumbnails = Math.min(8, lib._heif_image_handle_get_number_of_thumbnails(primary));
    const ids = alloc(4 * numThumbnails + 4);
    lib._heif_image_handle_get_list_of_thumbnail_IDs(primary, ids, numThumbnails);
    for (let i = 0; shorterSide > 0 && i < numThumbnails; i++) {
      const handle = call('_heif_image_handle_get_thumbnail', primary, lib.HEAPU32[(ids >> 2) + i], out);
      undo.push(() => lib._heif_image_handle_release(handle));
      const { width, height } = sizeOf(handle);
      const sameShape = Math.abs(width / height / (full.width / full.height) - 1) < 0.03;
      if (sameShape && Math.min(width, height) >= shorterSide && width < sizeOf(chosen).width) chosen = handle;
    }
    const { width, height } = sizeOf(chosen);
    check(width, height);
    const RGB = 1;
    const INTERLEAVED_RGB = 10;
    const image = call('_heif_decode_image', chosen, out, RGB, INTERLEAVED_RGB, 0);
    undo.push(() => lib._heif_image_release(image));
    const plane = lib._heif_image_get_plane_readonly(image, 10, out);
    const stride = lib.HEAPU32[out >> 2];
    const [columns, rows] = [lib._heif_image_get_width(image, 10), lib._heif_image_get_height(image, 10)];
    if (!plane || columns <= 0 || rows <= 0) throw new Error('no pixels');
    const data = new Uint8Array(columns * rows * 3);
    for (let y = 0; y < rows; y++) {
      data.set(lib.HEAPU8.subarray(plane + y * stride, plane + y * stride + columns * 3), y * columns * 3);
    }
    return { data, channels: 3, width: columns, height: rows, fullWidth: full.width, fullHeight: full.height };
  } catch (failure) {
    // After an error inside WebAssembly its memory is not to be trusted; the next picture gets a fresh copy.
    if (failure instanceof WebAssembly.RuntimeError) setImmediate(() => process.exit(1));
    throw failure;
  } finally {
    for (const step of undo.reverse()) step();
  }
}

function decodeBmp(bytes) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const width = Math.abs(buffer.readInt32LE(18));
  const height = Math.abs(buffer.readInt32LE(22));
  check(width, height);
  const mayBeClear = buffer.readUInt16LE(28) === 32;
  const data = new Uint8Array(require(workerData.bmp).decode(buffer, { toRGBA: true }).data);
  if (data.length !== width * height * 4) throw new Error('wrong length');
  // Many programs leave the fourth byte zero and mean opaque.
  let seen = 0;
  for (let i = 3; mayBeClear && i < data.length; i += 4) seen |= data[i];
  if (seen === 0) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { data, channels: 4, width, height, fullWidth: width, fullHeight: height };
}

let decodeJxlImage;
async function decodeJxl(bytes) {
  if (!decodeJxlImage) {
    globalThis.ImageData ??= class {
      constructor(data, width, height) {
        Object.assign(this, { data, width, height });
      }
    };
    const { default: decode, init } = await import(workerData.jxl);
    await init(await WebAssembly.compile(require('node:fs').readFileSync(workerData.jxlWasm)));
    decodeJxlImage = decode;
  }
  const { data, width, height } = await decodeJxlImage(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  check(width, height);
  return { data: new Uint8Array(data.buffer), channels: 4, width, height, fullWidth: width, fullHeight: height };
}

const decoders = { heif: decodeHeif, bmp: decodeBmp, jxl: decodeJxl };

parentPort.on('message', async ({ format, bytes, shorterSide }) => {
  try {
    const picture = await decoders[format](bytes, shorterSide);
    parentPort.postMessage({ ok: true, picture }, [picture.data.buffer]);
  } catch (error) {
    parentPort.postMessage({ ok: false, tooLarge: error instanceof TooLarge, message: String(error && error.message) });
  }
});
`;
