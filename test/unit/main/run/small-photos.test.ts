import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { areMostlySmall } from '@main/run/small-photos';

import { writeGeneratedLibrary } from '../../../helpers/generated-pictures';
import { temporaryFolder } from '../../../helpers/temporary-folder';

type Photo = Parameters<typeof areMostlySmall>[0][number];

async function photosOf(numPhotos: number, width: number, height: number): Promise<Photo[]> {
  const folder = temporaryFolder();
  const files = await writeGeneratedLibrary(folder, { classes: 1, perClass: numPhotos, seed: 4, width, height });
  return files.map(({ path }, id) => {
    const absolutePath = join(folder, path);
    return { id, absolutePath, sizeBytes: statSync(absolutePath).size };
  });
}

it('goes by the shorter side of most photos', async () => {
  const small = await photosOf(4, 200, 40);
  const full = await photosOf(4, 64, 48);
  expect(await areMostlySmall(small)).toBe(true);
  expect(await areMostlySmall(full)).toBe(false);
  expect(await areMostlySmall([...small, ...full.slice(1)])).toBe(true);
  expect(await areMostlySmall([...small, ...full])).toBe(false);
  expect(await areMostlySmall([])).toBe(false);
});

it('reads a sample from everywhere, and no large file', async () => {
  const [small] = await photosOf(1, 32, 32);
  const photos = Array.from({ length: 600 }, (_, id) => ({ ...small!, id }));
  const read: number[] = [];
  expect(await areMostlySmall(photos, { onStart: (id) => read.push(id) })).toBe(true);
  expect([read[0], read.length, read.at(-1)]).toEqual([0, 60, 590]);
  read.length = 0;
  const large = photos.map((photo) => ({ ...photo, sizeBytes: 1_000_000 }));
  expect(await areMostlySmall(large, { onStart: (id) => read.push(id) })).toBe(false);
  expect(read).toEqual([]);
});

it('takes what cannot be read for no small photo, and marks that it was let go', async () => {
  const [small] = await photosOf(1, 32, 32);
  const broken = join(temporaryFolder(), 'broken.jpg');
  writeFileSync(broken, 'no picture');
  const open = new Set<number>();
  const brackets = { onStart: (id: number) => open.add(id), onRead: (id: number) => open.delete(id) };
  const photos = [small!, { id: 1, absolutePath: broken, sizeBytes: 10 }];
  expect(await areMostlySmall(photos, brackets)).toBe(false);
  expect(open.size).toBe(0);
  const abort = new AbortController();
  abort.abort();
  await expect(areMostlySmall(photos, { signal: abort.signal })).rejects.toThrow();
});
