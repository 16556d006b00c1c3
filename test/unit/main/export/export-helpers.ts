import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ExportOptions } from '@shared/model/export';

import type { ExportItem } from '@main/export/export-item';
import { createRandom } from '@shared/random';
import { type Db, openDatabase } from '@main/store/open-database';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A library with a few files of random bytes in two groups, a destination beside it, and an open database. */
export interface ExportBench {
  root: string;
  library: string;
  destination: string;
  databaseFile: string;
  db: Db;
  items: ExportItem[];
  options: (change?: Partial<ExportOptions>) => ExportOptions;
  /** Every file below a folder with its content's hash (links are followed), by path. */
  tree: (folder: string) => Record<string, string>;
  close: () => void;
}

export function makeExportBench(numFiles = 6, sizeBytes = 5000): ExportBench {
  const root = mkdtempSync(join(tmpdir(), 'kindred-export-'));
  const library = join(root, 'library');
  const destination = join(root, 'exported');
  const databaseFile = join(root, 'data', 'library.db');
  const db = openDatabase(databaseFile);
  const random = createRandom(7);
  const items = Array.from({ length: numFiles }, (_, index): ExportItem => {
    const path = `trip ${index % 2}/IMG_${Math.floor(index / 2)}.jpg`;
    const source = join(library, path);
    const bytes = Buffer.from(Array.from({ length: sizeBytes + index }, () => random.int(256)));
    mkdirSync(dirname(source), { recursive: true });
    writeFileSync(source, bytes);
    return {
      photoId: index + 1,
      source,
      path,
      folder: index % 3 === 0 ? 'Beach' : 'Hills',
      sizeBytes: bytes.length,
      contentHash: sha256(bytes),
    };
  });
  addPhotos(db, library, items);
  return {
    root,
    library,
    destination,
    databaseFile,
    db,
    items,
    options: (change = {}) => ExportOptions.parse({ destination, ...change }),
    tree,
    close() {
      db.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function addPhotos(db: Db, library: string, items: readonly ExportItem[]): void {
  db.prepare(`INSERT INTO folders (id, path, added_at) VALUES (1, ?, '')`).run(library);
  const insert = db.prepare(
    `INSERT INTO photos (id, folder_id, path, size_bytes, mtime_ms, status) VALUES (?, 1, ?, ?, 0, 'indexed')`,
  );
  for (const { photoId, path, sizeBytes } of items) insert.run(photoId, path, sizeBytes);
}

function tree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (at: string, prefix: string): void => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      if (statSync(path).isDirectory()) walk(path, `${prefix}${name}/`);
      else found[prefix + name] = sha256(readFileSync(path));
    }
  };
  try {
    walk(folder, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return found;
}
