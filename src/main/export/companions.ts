import { lstat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

import { endingOf, type FolderCompanions, readFolderCompanions } from '../images/companion-names';
import { fsPath } from '../path-bytes';

/** A file that belongs to a photo and travels with it. */
export interface Companion {
  source: string;
  /** What follows the photo's name without its extension: `.xmp`, `.jpg.xmp`, `.CR2`. */
  ending: string;
  /** Set where its own name begins otherwise than the photo's: it keeps this name as long as the photo keeps its own. */
  ownName: string | null;
  sizeBytes: number;
}

/**
 * Finds what lies beside a photo under its name: sidecars, the RAW of a JPEG, the clip of a Live Photo. Every file is given away once;
 * folders are read once.
 *
 * @param isPhoto Files that are exported in their own right.
 */
export function createCompanionFinder(isPhoto: (source: string) => boolean): (source: string) => Promise<Companion[]> {
  const folders = new Map<string, Promise<FolderCompanions>>();
  const given = new Set<string>();

  return async (source) => {
    const folder = dirname(source);
    let found = folders.get(folder);
    if (!found) folders.set(folder, (found = readFolderCompanions(folder)));
    const photo = basename(source);
    const companions: Companion[] = [];
    for (const name of (await found).of(photo)) {
      const path = join(folder, name);
      if (given.has(path) || isPhoto(path)) continue;
      const stats = await lstat(fsPath(path)).catch(() => null);
      if (!stats?.isFile()) continue;
      given.add(path);
      const ending = endingOf(photo, name);
      // Such names are Takeout's; under a new name the photo is named in full.
      const full = `${extname(photo)}.supplemental-metadata.json`;
      companions.push({ source: path, ending: ending ?? full, ownName: ending ? null : name, sizeBytes: stats.size });
    }
    return companions;
  };
}
