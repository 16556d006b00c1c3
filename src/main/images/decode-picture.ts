/**
 * @file One decode of a file to the *small picture*: shorter side 256 pixels, sRGB, 8 bits, upright, without transparency.
 * Thumbnail, perceptual hash and trunk views are all cut from it.
 */
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';

import { asTiffWithProfile } from './colour-profile';
import { decodeInThread, type ThreadPicture } from './decode-in-thread';
import type { PhotoFormat } from './formats';
import { MAX_DECODE_SECONDS, MAX_MISSING_SHARE, MAX_PIXELS, SMALL_LONGER_SIDE, SMALL_SHORTER_SIDE } from './limits';
import { PhotoError } from './photo-error';
import { findPreviews } from './raw-preview';
import type { Picture } from './views';

// One picture a thread of libuv's pool; libvips's own threads and cache would only add to memory.
sharp.concurrency(1);
sharp.cache(false);
// Formats that can name other files or carry code are never opened, whatever a file pretends to be.
sharp.block({ operation: ['VipsForeignLoadSvg', 'VipsForeignLoadVips', 'VipsForeignLoadMat', 'VipsForeignLoadPdf'] });

/** The 320 × 240 that phones embed in HEIC files will do for 256: it is 75 times as fast, and the trunk sees 224 of it. */
const ENOUGH_SHORTER_SIDE = 224;

/** A file's bytes, or its path where it is too large to hold. */
export type PhotoSource = Buffer | string;

export interface DecodedPicture {
  small: Picture;
  /** Of the full picture, as displayed. */
  width: number;
  height: number;
  /** The EXIF block as the decoder found it. */
  exif: Buffer | undefined;
  xmp: string | undefined;
  /** Something the person may want to know about a picture that is shown all the same. */
  note: string | null;
}

/** @throws {PhotoError} With the reason, when there is nothing to show. */
export async function decodePicture(
  source: PhotoSource,
  format: PhotoFormat,
  orientation?: number,
): Promise<DecodedPicture> {
  switch (format) {
    case 'raw':
      return decodeRawPreview(source, orientation ?? 1);
    case 'bmp':
    case 'jxl':
      return decodeWithThread(source, format, undefined);
    case 'heif': {
      const metadata = await readHeader(source, format);
      if (metadata.compression === 'av1') return decodeWithSharp(source, metadata, format);
      return decodeWithThread(source, format, metadata);
    }
    default:
      return decodeWithSharp(source, await readHeader(source, format), format);
  }
}

/** Reads sizes and metadata without decoding. @throws {PhotoError} */
async function readHeader(source: PhotoSource, format: PhotoFormat): Promise<Metadata> {
  let metadata: Metadata;
  try {
    metadata = await sharp(source, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch (error) {
    throw describeDecodeError(error, format);
  }
  const { width, height } = metadata;
  if (!width || !height) throw new PhotoError('damaged', 'The file is damaged: it holds no picture.');
  if (width * height > MAX_PIXELS) {
    const size = `${width.toLocaleString('en')} × ${height.toLocaleString('en')}`;
    throw new PhotoError(
      'too-large',
      `The picture is too large: ${size} pixels (the limit is ${MAX_PIXELS / 1e6} million).`,
    );
  }
  return metadata;
}

async function decodeWithSharp(source: PhotoSource, metadata: Metadata, format: PhotoFormat): Promise<DecodedPicture> {
  const { width, height } = metadata.autoOrient;
  const page = metadata.pagePrimary !== undefined && (metadata.pages ?? 1) > 1 ? { page: metadata.pagePrimary } : {};
  const shared = { exif: metadata.exif, xmp: metadata.xmpAsString, width, height };
  // What its library cannot unpack in a TIFF is black, and no more than an error to it.
  const failOn = format === 'tiff' ? 'error' : 'truncated';
  try {
    const small = await shrink(open(source, { failOn, ...page }), width, height);
    return { ...shared, small, note: null };
  } catch (error) {
    const failure = describeDecodeError(error, format);
    if (failure.problem === 'too-slow' || failure.problem === 'unsupported') throw failure;
    return { ...shared, ...(await decodeWhatIsThere(source, { failOn: 'none', ...page }, width, height, failure)) };
  }
}

/** Shows a damaged picture as far as it goes, if enough of it is there. */
async function decodeWhatIsThere(
  source: PhotoSource,
  options: SharpOptions,
  width: number,
  height: number,
  failure: PhotoError,
): Promise<{ small: Picture; note: string }> {
  let missing: number;
  let small: Picture;
  try {
    missing = await missingShare(source, options);
    if (missing <= MAX_MISSING_SHARE) small = await shrink(open(source, options), width, height);
    else throw cutOff(missing, failure);
  } catch (error) {
    throw error instanceof PhotoError ? error : failure;
  }
  const note =
    missing > 0
      ? `The file is cut off: ${percent(missing)} of the picture is missing.`
      : 'The file is slightly damaged.';
  return { small, note };
}

function cutOff(missing: number, failure: PhotoError): PhotoError {
  return new PhotoError('cut-off', `The file is cut off: ${percent(missing)} of the picture is missing.`, {
    cause: failure,
  });
}

function percent(share: number): string {
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}

/** Share of rows at the lower end, in the file's own orientation, that are one flat colour: what a decoder makes of nothing. */
async function missingShare(source: PhotoSource, options: SharpOptions): Promise<number> {
  const side = 100;
  const { data, info } = await open(source, options)
    .resize(side, side, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const stride = info.width * info.channels;
  const last = data.subarray((info.height - 1) * stride, (info.height - 1) * stride + info.channels);
  let flatRows = 0;
  for (let y = info.height - 1; y >= 0; y--, flatRows++) {
    const row = data.subarray(y * stride, (y + 1) * stride);
    if (!row.every((value, i) => Math.abs(value - (last[i % info.channels] ?? 0)) <= 1)) break;
  }
  return flatRows / info.height;
}

/** Pictures whose decoder runs in a thread of its own, where it can be stopped. */
async function decodeWithThread(
  source: PhotoSource,
  format: 'heif' | 'bmp' | 'jxl',
  metadata: Metadata | undefined,
): Promise<DecodedPicture> {
  if (typeof source === 'string') {
    throw new PhotoError('too-large', `The file is too large to be read as ${format.toUpperCase()}.`);
  }
  const picture = await decodeInThread(source, format, ENOUGH_SHORTER_SIDE);
  let small: Picture;
  try {
    small = await shrink(asSharp(picture, metadata?.icc), picture.width, picture.height);
  } catch {
    // A damaged colour profile is no reason to hide the picture.
    small = await shrink(asSharp(picture), picture.width, picture.height);
  }
  const { fullWidth, fullHeight } = picture;
  return {
    small,
    width: fullWidth,
    height: fullHeight,
    exif: metadata?.exif,
    xmp: metadata?.xmpAsString,
    note: null,
  };
}

/** A picture from the decoding thread, with its colour profile where it has one. */
export function asSharp({ data, width, height, channels }: ThreadPicture, profile?: Buffer): Sharp {
  return profile && channels === 3
    ? sharp(asTiffWithProfile(data, width, height, profile))
    : sharp(data, { raw: { width, height, channels } });
}

/** A camera RAW is shown by the JPEG its camera put into it, turned as the RAW says. */
async function decodeRawPreview(source: PhotoSource, orientation: number): Promise<DecodedPicture> {
  if (typeof source === 'string') throw new PhotoError('too-large', 'The camera RAW file is too large to be read.');
  const previews = findPreviews(source);
  const largest = previews[0];
  if (!largest) throw new PhotoError('unsupported', 'This camera RAW file holds no preview picture that can be shown.');
  // Where there are several, the smallest that is large enough: cameras put full-size JPEGs into RAW files too.
  const chosen = previews.findLast(({ width, height }) => Math.min(width, height) >= 2 * SMALL_SHORTER_SIDE) ?? largest;
  const bytes = source.subarray(chosen.start);
  try {
    const small = await shrinkAs(sharp(bytes, { failOn: 'none' }), chosen.width, chosen.height, orientation);
    const isTurned = orientation >= 5;
    return {
      small,
      width: isTurned ? largest.height : largest.width,
      height: isTurned ? largest.width : largest.height,
      exif: undefined,
      xmp: undefined,
      note: null,
    };
  } catch (error) {
    throw describeDecodeError(error, 'raw');
  }
}

/** EXIF orientations as sharp's steps: mirror left-right first, then turn clockwise. */
export const turnsByOrientation: Record<number, { flop: boolean; degrees: number }> = {
  2: { flop: true, degrees: 0 },
  3: { flop: false, degrees: 180 },
  4: { flop: true, degrees: 180 },
  5: { flop: true, degrees: 270 },
  6: { flop: false, degrees: 90 },
  7: { flop: true, degrees: 90 },
  8: { flop: false, degrees: 270 },
};

async function shrinkAs(image: Sharp, width: number, height: number, orientation: number): Promise<Picture> {
  const small = await shrink(image, width, height);
  const turn = turnsByOrientation[orientation];
  if (!turn) return small;
  // sharp mirrors before it turns, in whichever order it is told.
  const { data, info } = await sharp(small.data, { raw: { width: small.width, height: small.height, channels: 3 } })
    .flop(turn.flop)
    .rotate(turn.degrees)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

function open(source: PhotoSource, options: SharpOptions): Sharp {
  return sharp(source, { limitInputPixels: MAX_PIXELS, sequentialRead: true, ...options }).autoOrient();
}

/** Size of the small picture for a displayed size. */
export function smallSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(SMALL_SHORTER_SIDE / Math.min(width, height), SMALL_LONGER_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function shrink(image: Sharp, width: number, height: number): Promise<Picture> {
  const size = smallSize(width, height);
  const { data, info } = await image
    .timeout({ seconds: MAX_DECODE_SECONDS })
    .resize({ ...size, fit: 'fill' })
    .flatten({ background: { r: 192, g: 192, b: 192 } })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: info.channels === 3 ? data : toThreeChannels(data, info.channels),
  };
}

function toThreeChannels(data: Uint8Array, channels: number): Uint8Array {
  const count = data.length / channels;
  const rgb = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) {
      rgb[i * 3 + channel] = data[i * channels + (channels >= 3 ? channel : 0)] as number;
    }
  }
  return rgb;
}

/** libvips's words as a person's. */
export function describeDecodeError(error: unknown, format: PhotoFormat): PhotoError {
  if (error instanceof PhotoError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const options = { cause: error };
  if (/timeout/i.test(text)) {
    return new PhotoError('too-slow', `Reading the picture took longer than ${MAX_DECODE_SECONDS} seconds.`, options);
  }
  if (/pixel limit|too large|memory/i.test(text))
    return new PhotoError('too-large', 'The picture is too large.', options);
  if (/compression (format|scheme)|not (been built in|configured)|unsupported (codec|feature|image type)/i.test(text)) {
    return new PhotoError('unsupported', `Kindred cannot read this kind of ${format.toUpperCase()} picture.`, options);
  }
  if (/premature|truncat|end of (file|stream|image)|not enough|unexpected end|out of (bounds|range)/i.test(text)) {
    return new PhotoError('cut-off', 'The file is cut off: it ends before the picture does.', options);
  }
  return new PhotoError('damaged', 'The file is damaged: the picture in it could not be read.', options);
}
