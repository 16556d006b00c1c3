/** @file A library of any size without its photos: rows as a finished run leaves them, and a few hundred thumbnails that all rows share. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import sharp from 'sharp';

import { RunOptions } from '@shared/model/run';

import { databaseFile, thumbnailFile } from '@main/library/library-paths';
import { createRandom, deriveSeed } from '@main/ml/random';
import { openStore } from '@main/store/store';

export interface GeneratedLibraryOptions {
  libraryDir: string;
  /** Need not exist: the library is then offline, as on an unplugged drive. */
  folder: string;
  numPhotos: number;
  numGroups: number;
  seed: number;
  /** Different thumbnails to make; 0 makes none. */
  numThumbnails: number;
}

const CAMERAS = ['Canon EOS R6', 'Fujifilm X-T5', 'Pixel 8', null];
const DAY_MS = 86_400_000;

/** Writes the database (and thumbnails) of a library of which 5 % is Unsorted; the first ten groups have names. */
export async function makeGeneratedLibrary(options: GeneratedLibraryOptions): Promise<void> {
  const { libraryDir, numPhotos, numGroups, seed } = options;
  const random = createRandom(deriveSeed(seed, 'generated-library'));
  const numContents = Math.max(1, options.numThumbnails);
  const hashes = Array.from({ length: numContents }, (_, index) =>
    createHash('sha256').update(`${seed}-${index}`).digest('hex'),
  );
  mkdirSync(libraryDir, { recursive: true });
  const store = openStore(databaseFile(libraryDir));
  const folderId = store.library.addFolder(options.folder);
  const runId = store.runs.create(RunOptions.parse({ seed }));
  store.db.transaction(() => {
    const groupIds = Array.from({ length: numGroups }, () => store.placements.newGroup());
    groupIds
      .slice(0, 10)
      .forEach((id, index) =>
        store.db.prepare('UPDATE groups SET name = ? WHERE id = ?').run(`Group ${index + 1}`, id),
      );
    const placements = Array.from({ length: numPhotos }, (_, index) => {
      const takenAtMs = Date.UTC(2015, 0, 1) + Math.floor(random.uniform() * 10 * 365) * DAY_MS;
      const path = `${2015 + (index % 10)}/IMG_${String(index).padStart(6, '0')}.jpg`;
      const photoId = store.photos.insert(folderId, path, 1_000_000 + index, takenAtMs);
      store.photos.setIndexed(photoId, {
        content_hash: hashes[index % numContents]!,
        perceptual_hash: Buffer.alloc(8, index),
        format: 'jpeg',
        width: 400,
        height: index % 3 === 0 ? 533 : 300,
        orientation: 1,
        taken_at: new Date(takenAtMs).toISOString().slice(0, 19),
        taken_at_ms: takenAtMs,
        camera: CAMERAS[index % CAMERAS.length]!,
        latitude: null,
        longitude: null,
      });
      // Group sizes fall off as they do in a real library: few large ones, many small.
      const group = Math.floor(random.uniform() ** 2 * numGroups);
      const isUnsorted = random.uniform() < 0.05;
      return {
        photoId,
        groupId: isUnsorted ? null : groupIds[group]!,
        confidence: random.uniform() ** 0.3,
        typicality: random.uniform(),
      };
    });
    store.placements.replaceAll(runId, placements);
  })();
  store.runs.setState(runId, 'done');
  store.close();
  for (const [index, hash] of hashes.slice(0, options.numThumbnails).entries()) {
    const file = thumbnailFile(libraryDir, hash);
    mkdirSync(dirname(file), { recursive: true });
    const data = Buffer.alloc(64 * 48 * 3);
    for (let at = 0; at < data.length; at++)
      data[at] = Math.floor(random.uniform() * 90) + ((index * 37 + at * (index % 7)) % 160);
    await sharp(data, { raw: { width: 64, height: 48, channels: 3 } })
      .resize(256, 192)
      .jpeg({ quality: 80 })
      .toFile(file);
  }
}
