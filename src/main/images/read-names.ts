import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import sharp from 'sharp';

import { hashFile } from '../hash-file';
import { iptcKeywords, type KeywordPath, xmpKeywords } from './keywords';
import { walkFolder } from './walk-folder';

/** What a folder says about one photo, however it came about. */
export interface NamedPhoto {
  /** Relative to the folder that was read, '/' between parts. */
  path: string;
  /** SHA-256 of the file: finds the photo in a library, wherever it lies there. */
  contentHash: string;
  /** The folders it lies in, the outermost first; none for a photo at the top. */
  folders: string[];
  /** From a sidecar, otherwise from the file. */
  keywords: KeywordPath[];
}

/** A sidecar is a few kilobytes; what is larger is none. */
const MAX_SIDECAR_BYTES = 4 * 1024 * 1024;

/**
 * Reads a folder that Kindred exported (its folder names, reordered by hand or not, and its keywords), or one with keywords by other programs, for
 * import as names and corrections. Files that cannot be read are passed over.
 *
 * @throws {AppError} `cancelled`. @throws {PhotoError} When the folder itself cannot be read.
 */
export async function* readNames(
  folder: string,
  { signal }: { signal?: AbortSignal } = {},
): AsyncGenerator<NamedPhoto> {
  for await (const { path } of walkFolder(folder, { signal })) {
    const file = join(folder, path);
    const contentHash = await hashFile(file, signal).catch(() => {
      signal?.throwIfAborted();
      return null;
    });
    if (contentHash === null) continue;
    const keywords = (await sidecarKeywords(file)) ?? (await ownKeywords(file));
    yield { path, contentHash, folders: path.split('/').slice(0, -1), keywords };
  }
}

async function sidecarKeywords(file: string): Promise<KeywordPath[] | null> {
  const stem = file.slice(0, file.lastIndexOf('.'));
  for (const sidecar of [`${file}.xmp`, `${stem}.xmp`, `${stem}.XMP`]) {
    if (dirname(sidecar) !== dirname(file)) continue;
    const bytes = await readFile(sidecar).catch(() => null);
    if (bytes && bytes.length <= MAX_SIDECAR_BYTES) {
      const keywords = xmpKeywords(bytes.toString('utf8'));
      if (keywords.length > 0) return keywords;
    }
  }
  return null;
}

async function ownKeywords(file: string): Promise<KeywordPath[]> {
  try {
    const { xmpAsString, iptc } = await sharp(file, { failOn: 'none', limitInputPixels: false }).metadata();
    const keywords = xmpKeywords(xmpAsString ?? '');
    if (keywords.length > 0 || !iptc) return keywords;
    return iptcKeywords(iptc);
  } catch {
    return [];
  }
}
