import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { indexPhotos } from '@main/run/embed-photos';
import type { PhotoFacts } from '@main/images/read-photo';
import { walkFolder } from '@main/images/walk-folder';

/** Pictures of many cameras and formats, which are not part of the project; without them these tests are skipped. */
const samples = process.env.KINDRED_SAMPLES ?? join(import.meta.dirname, '../../../../../shared/photos');
const thumbs = mkdtempSync(join(tmpdir(), 'kindred-samples-'));
afterAll(() => rmSync(thumbs, { recursive: true, force: true }));

async function readFolder(folder: string) {
  const walk = walkFolder(join(samples, folder));
  const paths: string[] = [];
  for await (const { path } of walk) paths.push(path);
  const facts = new Map<string, PhotoFacts>();
  const failures: [string, string][] = [];
  await indexPhotos({
    photos: paths.map((path, id) => ({ id, absolutePath: join(samples, folder, path) })),
    seed: 1,
    thumbnailPath: (hash) => join(thumbs, `${hash}.jpg`),
    onPhoto: (id, photo) => facts.set(paths[id]!, photo),
    onFailure: (id, { message }) => failures.push([paths[id]!, message]),
  });
  return { paths, facts, failures };
}

describe.skipIf(!existsSync(join(samples, 'cameras')))('pictures of many cameras', () => {
  it('are all shown, with their facts', async () => {
    const { paths, facts, failures } = await readFolder('cameras');
    expect(failures).toEqual([]);
    expect(facts.size).toBe(paths.length);
    expect(facts.get('heic/mobile/iphone_13_pro_max.HEIC')).toMatchObject({
      format: 'heif',
      width: 3024,
      height: 4032,
      camera: 'Apple iPhone 13 Pro Max',
      takenAt: '2022-02-16T12:55:41+01:00',
    });
    expect(facts.get('jpg/gps/DSCN0010.jpg')).toMatchObject({
      camera: 'NIKON COOLPIX P6000',
      latitude: 43.4674483,
      longitude: 11.8851267,
      takenAt: '2008-10-22T16:28:39',
    });
    expect(facts.get('jpg/xmp/no_exif.jpg')!.takenAt).toBe('2013-09-23T10:09:46+02:00');
    const upright = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => facts.get(`jpg/orientation/portrait_${n}.jpg`)!);
    expect(new Set(upright.map((photo) => photo.perceptualHash.toString('hex'))).size).toBe(1);
    expect(upright.every(({ width, height }) => width === 450 && height === 600)).toBe(true);
  }, 60_000);
});

describe.skipIf(!existsSync(join(samples, 'formats')))('pictures of many formats', () => {
  it('are shown, and the cut-off one is listed', async () => {
    const { paths, facts, failures } = await readFolder('formats');
    expect(failures).toEqual([['truncated.jpg', 'The file is cut off: 98 % of the picture is missing.']]);
    expect(facts.size).toBe(paths.length - 1);
    expect(new Set([...facts.values()].map(({ format }) => format))).toEqual(
      new Set(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff']),
    );
  }, 60_000);
});
