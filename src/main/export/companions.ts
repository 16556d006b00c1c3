import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { extensionOf, kindOf } from '../images/formats';
import { fsPath, nameOfBytes } from '../path-bytes';

/** A file that belongs to a photo and travels with it. */
export interface Companion {
  source: string;
  /** What follows the photo's name without its extension: `.xmp`, `.jpg.xmp`, `.CR2`. */
  ending: string;
  sizeBytes: number;
}

/** Live Photos and motion pictures keep their clip beside the picture. */
const clipExtensions = new Set(['mov', 'mp4']);

/**
 * Finds what lies beside a photo under its name: sidecars, the RAW of a JPEG, the clip of a Live Photo. Every file is given away once;
 * folders are read once.
 *
 * @param isPhoto Files that are exported in their own right.
 */
export function createCompanionFinder(isPhoto: (source: string) => boolean): (source: string) => Promise<Companion[]> {
  const namesByFolder = new Map<string, Promise<Map<string, string[]>>>();
  const given = new Set<string>();

  return async (source) => {
    const folder = dirname(source);
    let names = namesByFolder.get(folder);
    if (!names) namesByFolder.set(folder, (names = candidatesByStem(folder)));
    const name = basename(source);
    const stem = stemOf(name);
    const companions: Companion[] = [];
    for (const candidate of (await names).get(stem.toLowerCase()) ?? []) {
      const path = join(folder, candidate);
      if (path === source || given.has(path) || isPhoto(path) || !goesWith(name, candidate)) continue;
      const found = await lstat(fsPath(path)).catch(() => null);
      if (!found?.isFile()) continue;
      given.add(path);
      companions.push({ source: path, ending: candidate.slice(stem.length), sizeBytes: found.size });
    }
    return companions;
  };
}

/** `IMG_1.jpg` and `IMG_1.jpg.xmp` have one stem: what comes before the first ending of a photo or of a companion. */
function stemOf(name: string): string {
  const outer = name.slice(0, name.length - extensionOf(name).length - 1) || name;
  return kindOf(name) === 'sidecar' && ['photo', 'raw'].includes(kindOf(outer)) ? stemOf(outer) : outer;
}

/** A sidecar that names its photo in full goes with that photo only. */
function goesWith(photo: string, candidate: string): boolean {
  const outer = candidate.slice(0, candidate.length - extensionOf(candidate).length - 1);
  if (kindOf(candidate) === 'sidecar' && ['photo', 'raw'].includes(kindOf(outer))) {
    return outer.toLowerCase() === photo.toLowerCase();
  }
  return true;
}

async function candidatesByStem(folder: string): Promise<Map<string, string[]>> {
  const byStem = new Map<string, string[]>();
  const entries: Buffer[] = await readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => []);
  for (const name of entries.map(nameOfBytes)) {
    const isCompanion =
      !name.startsWith('.') && (['sidecar', 'raw'].includes(kindOf(name)) || clipExtensions.has(extensionOf(name)));
    if (!isCompanion) continue;
    const stem = stemOf(name).toLowerCase();
    byStem.set(stem, [...(byStem.get(stem) ?? []), name].sort());
  }
  return byStem;
}
