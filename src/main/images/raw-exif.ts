import { type ExifTags, parseExif } from './photo-metadata';

/**
 * Reads the EXIF tags of a camera RAW file. Most are TIFF files, some under a number of their own; Canon's CR3 keeps its tags in
 * boxes named CMT1 (picture), CMT2 (exposure) and CMT4 (position); Fujifilm's RAF keeps them in its preview.
 */
export function readRawExif(file: Buffer): ExifTags | null {
  const order = file.toString('latin1', 0, 2);
  if (order === 'II' || order === 'MM') {
    const number = file.readUInt16LE(2);
    // Olympus ("RO", "RS") and Panasonic ("U\\0") write another number where TIFF has 42; put right for the reader, then put back.
    if (order === 'II') file.writeUInt16LE(42, 2);
    else file.writeUInt16BE(42, 2);
    const tags = parseExif(file);
    file.writeUInt16LE(number, 2);
    return tags;
  }
  if (file.toString('latin1', 4, 8) === 'ftyp') return readCanonBoxes(file);
  const exif = file.indexOf('Exif\0\0', 0, 'latin1');
  return exif < 0 ? null : parseExif(file.subarray(exif));
}

const EXIF_POINTER = 0x8769;
const GPS_POINTER = 0x8825;

function readCanonBoxes(file: Buffer): ExifTags | null {
  const block = (name: string): Buffer | null => {
    const at = file.indexOf(name, 0, 'latin1');
    return at < 4 ? null : file.subarray(at + 4, at - 4 + file.readUInt32BE(at - 4));
  };
  const image = parseExif(block('CMT1') ?? undefined)?.Image;
  if (!image) return null;
  return {
    Image: image,
    Photo: parseExif(pointedAt(block('CMT2'), EXIF_POINTER))?.Photo ?? {},
    GPSInfo: parseExif(pointedAt(block('CMT4'), GPS_POINTER))?.GPSInfo ?? {},
  };
}

/** A TIFF block whose first directory holds exposure or position tags, with a directory put before it that says so. */
function pointedAt(block: Buffer | null, pointer: number): Buffer | undefined {
  if (!block || block.length < 8) return undefined;
  const isBig = block.toString('latin1', 0, 2) === 'MM';
  const whole = Buffer.concat([block, Buffer.alloc(18)]);
  const at = block.length;
  const directory = isBig ? whole.readUInt32BE(4) : whole.readUInt32LE(4);
  for (const [value, offset, bytes] of [
    [at, 4, 4],
    [1, at, 2],
    [pointer, at + 2, 2],
    [4, at + 4, 2],
    [1, at + 6, 4],
    [directory, at + 10, 4],
  ] as const) {
    if (isBig) whole.writeUIntBE(value, offset, bytes);
    else whole.writeUIntLE(value, offset, bytes);
  }
  return whole;
}

/** Reads the EXIF box of a JPEG XL container: a number of bytes to skip, then a TIFF block. */
export function readJxlExif(file: Buffer): ExifTags | null {
  const at = file.indexOf('Exif', 0, 'latin1');
  if (at < 0 || at + 8 >= file.length) return null;
  return parseExif(file.subarray(at + 8 + file.readUInt32BE(at + 4)));
}
