import exifReader from 'exif-reader';
import exifNames from 'exif-reader/tags.js';

import { firstMoment, readMoment, readXmpMoment } from './taken-at';

// Under their own names the reader makes dates of these texts, of impossible ones as well, and drops what is not quite in form.
Object.assign(exifNames.Image, { 0x0132: 'ChangedText', 0x9003: 'OriginalText' });
Object.assign(exifNames.Photo, { 0x9003: 'OriginalText', 0x9004: 'DigitizedText' });

/** What a camera wrote into a file; null where it did not, or where what it wrote cannot be true. */
export interface PhotoMetadata {
  /** EXIF orientation, 1–8. */
  orientation: number;
  /** Local time as the camera wrote it, ISO 8601, with its offset where known. */
  takenAt: string | null;
  /** The same as a number: UTC where the offset is known, otherwise the local time read as UTC. */
  takenAtMs: number | null;
  camera: string | null;
  latitude: number | null;
  longitude: number | null;
}

type Tags = Partial<Record<string, unknown>>;

/** Tags by their part of the file, as `exif-reader` groups them. */
export interface ExifTags {
  Image?: Tags;
  Photo?: Tags;
  GPSInfo?: Tags;
}

/** Reads an EXIF block (with or without its "Exif" mark) or a whole TIFF file; null when it is damaged beyond use. */
export function parseExif(block: Buffer | undefined): ExifTags | null {
  if (!block) return null;
  try {
    return exifReader(block) as ExifTags;
  } catch {
    return null;
  }
}

/**
 * Tidies what EXIF says. Of the dates, what a person or a program put right in XMP comes before what the camera wrote, and the time a file was
 * made or changed comes last.
 *
 * @param xmp The XMP packet as text.
 */
export function readMetadata(exif: ExifTags | null, xmp?: string): PhotoMetadata {
  const image = exif?.Image ?? {};
  const photo = exif?.Photo ?? {};
  const orientation = Number(image.Orientation);
  const taken = firstMoment(
    readXmpMoment(xmp, ['exif:DateTimeOriginal', 'photoshop:DateCreated']),
    readMoment(
      photo.OriginalText ?? image.OriginalText,
      photo.OffsetTimeOriginal ?? photo.OffsetTime,
      photo.SubSecTimeOriginal,
    ),
    readMoment(photo.DigitizedText, photo.OffsetTimeDigitized ?? photo.OffsetTime, photo.SubSecTimeDigitized),
    readXmpMoment(xmp, ['exif:DateTimeDigitized', 'xmp:CreateDate']),
    readMoment(image.ChangedText, photo.OffsetTime, photo.SubSecTime),
  );
  return {
    orientation: orientation >= 1 && orientation <= 8 ? Math.trunc(orientation) : 1,
    takenAt: taken?.takenAt ?? null,
    takenAtMs: taken?.takenAtMs ?? null,
    camera: tidyCamera(image.Make, image.Model),
    ...readPosition(exif?.GPSInfo ?? {}),
  };
}

/** "NIKON CORPORATION" + "NIKON D70" → "NIKON D70"; "Apple" + "iPhone 13" → "Apple iPhone 13". */
function tidyCamera(make: unknown, model: unknown): string | null {
  const clean = (value: unknown): string =>
    typeof value === 'string'
      ? value
          // eslint-disable-next-line no-control-regex -- cameras pad these fields with NUL
          .replace(/[\u0000-\u001f\u007f]+/g, ' ')
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, 80)
      : '';
  const company = /[\s,]+(corporation|corp|co|ltd|inc|camera|electric|optical|company|imaging|digital|gmbh)\b\.?/i;
  let brand = clean(make);
  for (let next = brand.replace(company, ''); next !== brand; next = brand.replace(company, '')) brand = next.trim();
  const name = clean(model);
  if (name === '') return brand || null;
  const firstWord = brand.split(' ')[0] ?? '';
  return firstWord === '' || name.toLowerCase().startsWith(firstWord.toLowerCase()) ? name : `${brand} ${name}`;
}

function readPosition(gps: Tags): { latitude: number | null; longitude: number | null } {
  const latitude = readAngle(gps.GPSLatitude, gps.GPSLatitudeRef, 'S', 90);
  const longitude = readAngle(gps.GPSLongitude, gps.GPSLongitudeRef, 'W', 180);
  // Zero, zero is what a receiver without a fix writes.
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) {
    return { latitude: null, longitude: null };
  }
  return { latitude, longitude };
}

function readAngle(parts: unknown, reference: unknown, negative: string, limit: number): number | null {
  if (!Array.isArray(parts) || parts.length === 0) return null;
  const [degrees = 0, minutes = 0, seconds = 0] = parts.map(Number);
  const angle = degrees + minutes / 60 + seconds / 3600;
  if (!Number.isFinite(angle) || angle < 0 || angle > limit) return null;
  const isNegative = typeof reference === 'string' && reference.trim().toUpperCase().startsWith(negative);
  return Math.round((isNegative ? -angle : angle) * 1e7) / 1e7;
}
