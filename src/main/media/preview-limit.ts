import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Room that previews of one library may take; they are made again when they are looked at. */
const MAX_BYTES = 1024 ** 3;
/** Previews are counted again after so many new ones. */
const INTERVAL = 50;

/** A preview was looked at: of all, it goes last. */
export async function markUsed(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

/** Keeps the previews of a library below a limit: those that were looked at longest ago go. */
export class PreviewLimit {
  private numMade = 0;

  constructor(
    private readonly maxBytes = MAX_BYTES,
    private readonly interval = INTERVAL,
  ) {}

  /** A preview was made. */
  async note(libraryDir: string): Promise<void> {
    this.numMade += 1;
    if (this.numMade % this.interval === 0) await this.enforce(join(libraryDir, 'previews'));
  }

  private async enforce(folder: string): Promise<void> {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    const files: { path: string; size: number; usedMs: number }[] = [];
    for (const name of names.filter((found) => found.endsWith('.jpg'))) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => null);
      if (found) files.push({ path, size: found.size, usedMs: found.mtimeMs });
    }
    files.sort((a, b) => b.usedMs - a.usedMs);
    let bytes = 0;
    for (const { path, size } of files) {
      bytes += size;
      if (bytes > this.maxBytes) await rm(path, { force: true });
    }
  }
}
