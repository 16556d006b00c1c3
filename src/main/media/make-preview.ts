import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { decodeInThread } from '../images/decode-in-thread';
import { asSharp, describeDecodeError, turnsByOrientation } from '../images/decode-picture';
import { formatOf, type PhotoFormat, SNIFF_BYTES } from '../images/formats';
import { MAX_DECODE_SECONDS, MAX_PIXELS } from '../images/limits';
import { PhotoError } from '../images/photo-error';
import { fsPath } from '../path-bytes';
import { readRawExif } from '../images/raw-exif';
import { findPreviews } from '../images/raw-preview';

/** Longer side of the picture that the full view shows. */
export const PREVIEW_LONGER_SIDE = 2048;

/**
 * Decodes a photo for the full view, or for a thumbnail that was lost, and writes it as JPEG; it appears whole or not at all.
 *
 * @throws {PhotoError} When there is nothing to show.
 */
export async function makePreview(source: string, target: string, longerSide = PREVIEW_LONGER_SIDE): Promise<void> {
  const bytes = await readFile(fsPath(source));
  const format = formatOf(basename(source), bytes.subarray(0, SNIFF_BYTES));
  if (format === null) throw new PhotoError('not-a-picture', 'Not a picture.');
  let preview: Buffer;
  try {
    preview = await (
      await open(bytes, format)
    )
      .timeout({ seconds: MAX_DECODE_SECONDS })
      .resize({ width: longerSide, height: longerSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: { r: 192, g: 192, b: 192 } })
      .toColourspace('srgb')
      .jpeg({ quality: 86 })
      .toBuffer();
  } catch (error) {
    throw describeDecodeError(error, format);
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.part`, preview);
  await rename(`${target}.part`, target);
}

async function open(bytes: Buffer, format: PhotoFormat): Promise<Sharp> {
  const options = { failOn: 'none', limitInputPixels: MAX_PIXELS, sequentialRead: true } as const;
  if (format === 'raw') {
    const largest = findPreviews(bytes)[0];
    if (!largest)
      throw new PhotoError('unsupported', 'This camera RAW file holds no preview picture that can be shown.');
    const turn = turnsByOrientation[Number(readRawExif(bytes)?.Image?.Orientation) || 1];
    const image = sharp(bytes.subarray(largest.start), options);
    if (!turn) return image;
    return sharp(await (turn.flop ? image.flop() : image).toBuffer()).rotate(turn.degrees);
  }
  const metadata = format === 'heif' ? await sharp(bytes, options).metadata() : null;
  if (format === 'bmp' || format === 'jxl' || (format === 'heif' && metadata?.compression !== 'av1')) {
    return asSharp(await decodeInThread(bytes, format, 0), metadata?.icc);
  }
  return sharp(bytes, options).autoOrient();
}
