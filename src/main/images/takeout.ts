import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { z } from 'zod';

import { fsPath } from '@main/path-bytes';

import { type FolderCompanions, readFolderCompanions } from './companion-names';
import type { PhotoMetadata } from './photo-metadata';

/** What Google Takeout says of a photo in the JSON beside it: seconds since 1970 in UTC as text, degrees. */
const TakeoutFile = z.object({
  photoTakenTime: z
    .object({ timestamp: z.coerce.number().int().min(-4e9).max(7e9) })
    .optional()
    .catch(undefined),
  geoData: z.unknown(),
  geoDataExif: z.unknown(),
});
const Place = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

const MAX_BYTES = 1024 ** 2;
const MAX_FOLDERS = 8;

/** Folders as they were last read, by path, the one used last at the end. */
const folders = new Map<string, { mtimeMs: number; companions: Promise<FolderCompanions> }>();

/** Fills in date and place from the JSON that Google Takeout put beside a photo, where the photo itself has none. */
export async function withTakeout(photoPath: string, metadata: PhotoMetadata): Promise<PhotoMetadata> {
  if (metadata.takenAt !== null && metadata.latitude !== null) return metadata;
  const folder = dirname(photoPath);
  const companions = await companionsIn(folder);
  for (const name of companions.of(basename(photoPath))) {
    if (!name.toLowerCase().endsWith('.json')) continue;
    const beside = readTakeout(await readSmallFile(join(folder, name)));
    if (beside === null) continue;
    const { takenAt, takenAtMs, latitude, longitude } = beside;
    return {
      ...metadata,
      ...(metadata.takenAt === null ? { takenAt, takenAtMs } : {}),
      ...(metadata.latitude === null ? { latitude, longitude } : {}),
    };
  }
  return metadata;
}

/** Reads the text of such a file; null where it is another program's JSON. */
export function readTakeout(
  text: string | null,
): Pick<PhotoMetadata, 'takenAt' | 'takenAtMs' | 'latitude' | 'longitude'> | null {
  const parsed = TakeoutFile.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const { photoTakenTime, geoData, geoDataExif } = parsed.data;
  const takenAtMs = photoTakenTime ? photoTakenTime.timestamp * 1000 : null;
  // Zero, zero is what Takeout writes for a photo without a place.
  const place = [geoData, geoDataExif]
    .map((value) => Place.safeParse(value).data)
    .find((found) => found && (found.latitude !== 0 || found.longitude !== 0));
  if (takenAtMs === null && !place) return null;
  return {
    takenAt: takenAtMs === null ? null : new Date(takenAtMs).toISOString().replace('.000Z', 'Z'),
    takenAtMs,
    latitude: place?.latitude ?? null,
    longitude: place?.longitude ?? null,
  };
}

/** A folder is read once for its many photos, and again when something came or went in it. */
async function companionsIn(folder: string): Promise<FolderCompanions> {
  const mtimeMs = await stat(fsPath(folder)).then(
    (found) => found.mtimeMs,
    () => 0,
  );
  const known = folders.get(folder);
  const entry = known?.mtimeMs === mtimeMs ? known : { mtimeMs, companions: readFolderCompanions(folder) };
  folders.delete(folder);
  folders.set(folder, entry);
  const [oldest] = folders.keys();
  if (folders.size > MAX_FOLDERS && oldest !== undefined) folders.delete(oldest);
  return entry.companions;
}

/** Null where there is no such file, or one that is too long to be Takeout's. Links are not followed. */
async function readSmallFile(path: string): Promise<string | null> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = await open(fsPath(path), flags).catch(() => null);
  if (!file) return null;
  try {
    const stats = await file.stat();
    return stats.isFile() && stats.size <= MAX_BYTES ? await file.readFile('utf8') : null;
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
