/** @file A library of any size without its photos: rows as a finished run leaves them, and a few hundred thumbnails that all rows share. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import sharp from 'sharp';

import { RunOptions } from '@shared/model/run';

import { databaseFile, thumbnailFile } from '@main/library-paths';
import { cutTree, type MergeTree } from '@main/scan/clustering/merge-tree/merge-tree';
import { createRandom, deriveSeed, type Random } from '@shared/random';
import { type Grouping, placeGroups } from '@main/run/stages/assign';
import { openStore, type Store } from '@main/store/store';

export interface GeneratedLibraryOptions {
  libraryDir: string;
  /** Need not exist: the library is then offline, as on an unplugged drive. */
  folder: string;
  numPhotos: number;
  numGroups: number;
  seed: number;
  /** Different thumbnails to make; 0 makes none. */
  numThumbnails: number;
  /** Leaves of a tree of groups, for the detail slider; without it there is no tree. Then `numGroups` says nothing. */
  numLeaves?: number;
  /** Photos that a second run puts elsewhere; without it there is one run. */
  numChanged?: number;
}

const CAMERAS = ['Canon EOS R6', 'Fujifilm X-T5', 'Pixel 8', null];
const DAY_MS = 86_400_000;

/** Writes the database (and thumbnails) of a library of which 5 % is Unsorted; the first ten groups have names, and are the largest. */
export async function makeGeneratedLibrary(options: GeneratedLibraryOptions): Promise<void> {
  const { libraryDir, numPhotos, seed } = options;
  const random = createRandom(deriveSeed(seed, 'generated-library'));
  const numContents = Math.max(1, options.numThumbnails);
  const hashes = Array.from({ length: numContents }, (_, index) =>
    createHash('sha256').update(`${seed}-${index}`).digest('hex'),
  );
  mkdirSync(libraryDir, { recursive: true });
  const store = openStore(databaseFile(libraryDir));
  const folderId = store.library.addFolder(options.folder);
  const runId = store.runs.create(RunOptions.parse({ seed }));
  const photoIds = store.db.transaction(() =>
    Array.from({ length: numPhotos }, (_, index) => {
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
        note: null,
      });
      return photoId;
    }),
  )();
  const grouping = makeGrouping(random, photoIds, options);
  nameGroups(store, placeGroups(store, runId, grouping));
  store.runs.setState(runId, 'done');
  if (options.numChanged !== undefined) {
    const labels = grouping.labels.slice();
    const step = Math.floor(numPhotos / options.numChanged);
    for (let at = 0; at < numPhotos; at += step) labels[at] = (labels[at]! + 1) % grouping.numGroups;
    const secondId = store.runs.create(RunOptions.parse({ seed: seed + 1 }));
    placeGroups(store, secondId, { ...grouping, labels, parts: undefined });
    store.runs.setState(secondId, 'done');
  }
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

/** The largest ten get names. */
function nameGroups(store: Store, groupIds: readonly string[]): void {
  const name = store.db.prepare('UPDATE groups SET name = ? WHERE id = ?');
  groupIds.slice(0, 10).forEach((id, index) => name.run(`Group ${index + 1}`, id));
}

function makeGrouping(
  random: Random,
  photoIds: readonly number[],
  { numGroups, numLeaves }: GeneratedLibraryOptions,
): Grouping {
  const numClusters = numLeaves ?? numGroups;
  // Sizes fall off as they do in a real library: few large ones, many small.
  const clusters = Int32Array.from(photoIds, () =>
    random.uniform() < 0.05 ? -1 : Math.floor(random.uniform() ** 2 * numClusters),
  );
  const rest = {
    photoIds,
    confidences: Float32Array.from(photoIds, () => random.uniform() ** 0.3),
    typicality: Float32Array.from(photoIds, () => random.uniform()),
  };
  if (numLeaves === undefined) return { ...rest, labels: clusters, numGroups };
  const tree = makeTree(random, numLeaves);
  const cut = cutTree(tree, 1);
  const labels = clusters.map((leaf) => (leaf < 0 ? -1 : cut.groupByCluster[leaf]!));
  return { ...rest, labels, numGroups: cut.numGroups, parts: { tree, detail: 1, leaves: clusters } };
}

/** A tree whose stops lie between one group and all leaves; at detail 1 about a tenth of the leaves are groups. */
function makeTree(random: Random, numLeaves: number): MergeTree {
  const roots = Array.from({ length: numLeaves }, (_, leaf) => leaf);
  const merges = Array.from({ length: numLeaves - 1 }, (_, step) => {
    const [a] = roots.splice(random.int(roots.length), 1);
    const at = random.int(roots.length);
    const b = roots[at]!;
    roots[at] = Math.min(a!, b);
    return { a: Math.min(a!, b), b: Math.max(a!, b), height: 10 ** (1 - step / (0.9 * numLeaves)) };
  });
  return { numClusters: numLeaves, merges };
}
