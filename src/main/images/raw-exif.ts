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

function readCanonBoxes(file: Buffer): ExifTags | null {
  const block = (name: string): ExifTags['Image'] => {
    const at = file.indexOf(name, 0, 'latin1');
    return at < 0 ? undefined : parseExif(file.subarray(at + 4))?.Image;
  };
  const image = block('CMT1');
  return image ? { Image: image, Photo: block('CMT2') ?? {}, GPSInfo: block('CMT4') ?? {} } : null;
}

/** Reads the EXIF box of a JPEG XL container: a number of bytes to skip, then a TIFF block. */
export function readJxlExif(file: Buffer): ExifTags | null {
  const at = file.indexOf('Exif', 0, 'latin1');
  if (at < 0 || at + 8 >= file.length) return null;
  return parseExif(file.subarray(at + 8 + file.readUInt32BE(at + 4)));
}
