import exifReader from 'exif-reader';

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
 * Tidies what EXIF says, and falls back on XMP for the date.
 *
 * @param xmp The XMP packet as text.
 */
export function readMetadata(exif: ExifTags | null, xmp?: string): PhotoMetadata {
  const image = exif?.Image ?? {};
  const photo = exif?.Photo ?? {};
  const orientation = Number(image.Orientation);
  const taken =
    readDate(photo.DateTimeOriginal, photo.OffsetTimeOriginal ?? photo.OffsetTime, photo.SubSecTimeOriginal) ??
    readDate(photo.DateTimeDigitized, photo.OffsetTimeDigitized ?? photo.OffsetTime, photo.SubSecTimeDigitized) ??
    readXmpDate(xmp) ??
    readDate(image.DateTime, photo.OffsetTime, photo.SubSecTime);
  return {
    orientation: orientation >= 1 && orientation <= 8 ? Math.trunc(orientation) : 1,
    takenAt: taken?.takenAt ?? null,
    takenAtMs: taken?.takenAtMs ?? null,
    camera: tidyCamera(image.Make, image.Model),
    ...readPosition(exif?.GPSInfo ?? {}),
  };
}

interface Moment {
  takenAt: string;
  takenAtMs: number;
}

/** @param local The wall clock of the camera as if it were UTC, which is how exif-reader gives it. */
function readDate(local: unknown, offset: unknown, subSeconds: unknown): Moment | null {
  if (!(local instanceof Date) || Number.isNaN(local.getTime())) return null;
  const year = local.getUTCFullYear();
  // Before the first photograph, or a clock that was never set to anything a camera could mean.
  if (year < 1826 || year > 2200) return null;
  const zone = typeof offset === 'string' ? (/^\s*([+-]\d\d:\d\d|Z)/.exec(offset)?.[1] ?? '') : '';
  const digits = /^\s*(\d{1,3})/.exec(typeof subSeconds === 'string' ? subSeconds : '')?.[1] ?? '';
  const milliseconds = digits === '' ? 0 : Number(digits.padEnd(3, '0'));
  const localMs = Math.floor(local.getTime() / 1000) * 1000 + milliseconds;
  return { takenAt: new Date(localMs).toISOString().slice(0, 19) + zone, takenAtMs: localMs - offsetMs(zone) };
}

function offsetMs(zone: string): number {
  const match = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function readXmpDate(xmp: string | undefined): Moment | null {
  const pattern =
    /(?:exif:DateTimeOriginal|photoshop:DateCreated|xmp:CreateDate)(?:="|>)\s*(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(\.\d+)?([+-]\d\d:\d\d|Z)?/;
  const match = pattern.exec(xmp ?? '');
  if (!match) return null;
  return readDate(new Date(`${match[1]}Z`), match[3] ?? '', match[2]?.slice(1) ?? '');
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
