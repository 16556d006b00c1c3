import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp, { type Exif } from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readPhoto } from '@main/images/read-photo';
import { readTakeout } from '@main/images/takeout';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kindred-takeout-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const beside = {
  title: 'X.jpg',
  photoTakenTime: { timestamp: '1465300000', formatted: '07.06.2016, 11:46:40 UTC' },
  geoData: { latitude: 0, longitude: 0 },
  geoDataExif: { latitude: 47.5576, longitude: 10.7498 },
};
const put = (name: string, content: unknown): void => writeFileSync(join(folder, name), JSON.stringify(content));

async function putPhoto(name: string, exif?: Exif): Promise<string> {
  const image = sharp({ create: { width: 300, height: 300, channels: 3, background: 'teal' } });
  const bytes = await (exif ? image.withExif(exif) : image).jpeg().toBuffer();
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

describe('a photo from Google Takeout', () => {
  it('has the date and place that are written beside it', async () => {
    const path = await putPhoto('X(1).jpg');
    put('X.jpg(1).json', beside);
    expect((await readPhoto(path)).facts).toMatchObject({
      takenAt: '2016-06-07T11:46:40Z',
      takenAtMs: 1465300000_000,
      latitude: 47.5576,
      longitude: 10.7498,
    });
  });

  it('keeps its own date, and is looked at again when the file beside it comes later', async () => {
    const path = await putPhoto('X.jpg', { IFD2: { DateTimeOriginal: '2012:05:06 07:08:09' } });
    expect((await readPhoto(path)).facts).toMatchObject({ takenAt: '2012-05-06T07:08:09', latitude: null });
    put('X.jpg.supplemental-metadata.json', beside);
    expect((await readPhoto(path)).facts).toMatchObject({ takenAt: '2012-05-06T07:08:09', latitude: 47.5576 });
  });

  it('does not follow a link', async () => {
    const path = await putPhoto('X.jpg');
    put('elsewhere.txt', beside);
    symlinkSync(join(folder, 'elsewhere.txt'), join(folder, 'X.jpg.json'));
    expect((await readPhoto(path)).facts).toMatchObject({ takenAt: null, latitude: null });
  });

  it.each([
    ['another program’s', '{"version": 3}'],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['an impossible date', '{"photoTakenTime": {"timestamp": "soon"}}'],
    ['an impossible place', '{"geoData": {"latitude": 120, "longitude": 3}}'],
  ])('has nothing from %s', (_, text) => {
    expect(readTakeout(text)).toBeNull();
  });
});
