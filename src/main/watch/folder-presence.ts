import { opendir, stat } from 'node:fs/promises';

/**
 * Whether a folder and what was in it are there. A mount point whose drive is gone is often still a folder, only empty: where photos are
 * known, an empty folder counts as gone, so that nothing is concluded from it.
 */
export async function isFolderThere(path: string, hasKnownPhotos: boolean): Promise<boolean> {
  try {
    if (!(await stat(path)).isDirectory()) return false;
    // Reading one entry is enough, and quick in a folder of any size.
    for await (const entry of await opendir(path)) {
      if (!entry.name.startsWith('.') && entry.name !== 'lost+found') return true;
    }
    return !hasKnownPhotos;
  } catch {
    return false;
  }
}
