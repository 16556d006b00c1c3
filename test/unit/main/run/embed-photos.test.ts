import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { embedPhotos, indexPhotos } from '@main/run/embed-photos';
import type { PhotoFacts } from '@main/images/read-photo';
import { openTrunkFolder } from '@main/trunks/trunk-folder';
import type { Trunk } from '@main/trunks/trunk';

import { writeGeneratedLibrary } from '../../../helpers/generated-pictures';

let folder: string;
let trunk: Trunk;
let photos: { id: number; absolutePath: string }[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-embed-'));
  trunk = await openTrunkFolder(join(import.meta.dirname, '../../../../resources/trunks/efficientnet-lite0'));
  const files = await writeGeneratedLibrary(folder, { classes: 2, perClass: 11, seed: 5 });
  photos = files.map(({ path }, index) => ({ id: index + 1, absolutePath: join(folder, path) }));
});
afterAll(async () => {
  await trunk.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const noFailure = (id: number, error: Error): void => {
  throw new Error(`photo ${id}: ${error.message}`);
};
const thumbnailPath = (hash: string): string => join(folder, `${hash}.thumb`);

async function index(options: { batchSize?: number; numInFlight?: number } = {}) {
  const found = new Map<number, { facts: PhotoFacts; features: Float32Array }>();
  await indexPhotos({
    photos,
    trunk,
    thumbnailPath,
    seed: 1,
    ...options,
    onPhoto: (id, facts, features) => found.set(id, { facts, features: features! }),
    onFailure: noFailure,
  });
  return found;
}

it('gives every photo facts and features, the same however it is batched', async () => {
  const found = await index();
  expect([...found.keys()].sort((a, b) => a - b)).toEqual(photos.map(({ id }) => id));
  const alone = await index({ batchSize: 1, numInFlight: 1 });
  const odd = await index({ batchSize: 7, numInFlight: 3 });
  for (const [id, { features }] of found) {
    expect(features).toHaveLength(1280);
    expect(alone.get(id)!.features).toEqual(features);
    expect(odd.get(id)!.features).toEqual(features);
  }
});

it('embeds further views from the thumbnail, also when the file is gone, and from the file when the thumbnail is', async () => {
  const found = await index();
  const embed = async (some: typeof photos, thumbnail: boolean) => {
    const features = new Map<number, Float32Array>();
    await embedPhotos({
      photos: some.map(({ id, absolutePath }) => {
        const { contentHash } = found.get(id)!.facts;
        return { id, absolutePath, contentHash, thumbnailPath: thumbnail ? thumbnailPath(contentHash) : '/nowhere' };
      }),
      views: [0, 1, 2],
      trunk,
      seed: 1,
      onPhoto: (id, vectors) => features.set(id, vectors),
      onFailure: noFailure,
    });
    return features;
  };
  const [first] = photos;
  const fromFile = await embed([first!], false);
  expect(fromFile.get(1)!.subarray(0, 1280)).toEqual(found.get(1)!.features);
  unlinkSync(first!.absolutePath);
  const features = await embed(photos, true);
  expect(features.size).toBe(22);
  // The thumbnail is a JPEG of the same small picture: nearly the same features.
  expect(cosine(features.get(1)!.subarray(0, 1280), found.get(1)!.features)).toBeGreaterThan(0.95);
  expect(cosine(features.get(1)!.subarray(1280, 2560), fromFile.get(1)!.subarray(1280, 2560))).toBeGreaterThan(0.9);
});

it('reads a folder of pictures that all need the decoding thread', async () => {
  const paths = Array.from({ length: 11 }, (_, index) => {
    const bmp = Buffer.alloc(54 + 30 * 40 * 3, index * 20);
    bmp.write('BM');
    for (const [value, at] of [[54, 10], [40, 14], [40, 18], [30, 22]] as const) bmp.writeUInt32LE(value, at); // prettier-ignore
    bmp.writeUInt32LE(1 | (24 << 16), 26);
    bmp.fill(0, 30, 54);
    writeFileSync(join(folder, `${index}.bmp`), bmp);
    return join(folder, `${index}.bmp`);
  });
  const calls: string[] = [];
  await indexPhotos({
    photos: paths.map((absolutePath, id) => ({ id, absolutePath })),
    trunk,
    seed: 1,
    onStart: (id) => calls.push(`start ${id}`),
    onRead: (id) => calls.push(`read ${id}`),
    onPhoto: (id) => calls.push(`photo ${id}`),
    onFailure: noFailure,
  });
  for (let id = 0; id < 11; id++) {
    const order = ['start', 'read', 'photo'].map((what) => calls.indexOf(`${what} ${id}`));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
  }
});

it('lists a bad file and goes on', async () => {
  const bad = join(folder, 'bad.jpg');
  writeFileSync(bad, 'not a picture');
  const failures: [number, string][] = [];
  const seen: number[] = [];
  await indexPhotos({
    photos: [
      { id: 100, absolutePath: bad },
      ...photos.slice(1, 4),
      { id: 101, absolutePath: join(folder, 'gone.jpg') },
    ],
    trunk: null,
    seed: 1,
    onPhoto: (id) => seen.push(id),
    onFailure: (id, { problem }) => failures.push([id, problem]),
  });
  expect(seen.sort()).toEqual([2, 3, 4]);
  expect(failures.sort()).toEqual([
    [100, 'not-a-picture'],
    [101, 'vanished'],
  ]);
});

it('stops at once when it is cancelled, and calls nothing afterwards', async () => {
  const controller = new AbortController();
  let numCalls = 0;
  const pass = indexPhotos({
    photos: photos.slice(1),
    trunk,
    seed: 1,
    batchSize: 2,
    signal: controller.signal,
    onPhoto: () => {
      if (++numCalls === 3) controller.abort();
    },
    onFailure: noFailure,
  });
  await expect(pass).rejects.toMatchObject({ code: 'cancelled' });
  const atEnd = numCalls;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(numCalls).toBe(atEnd);
});

it('passes an error of the caller on', async () => {
  const onPhoto = (): void => {
    throw new Error('database is full');
  };
  await expect(
    indexPhotos({ photos: photos.slice(1), trunk: null, seed: 1, onPhoto, onFailure: noFailure }),
  ).rejects.toThrow('database is full');
});

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}
