import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';

import { readPhoto } from '@main/images/read-photo';

import { drawPicture } from '../../../helpers/generated-pictures';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const { data, width, height } = drawPicture('rings', { index: 1, seed: 1 });
const picture = (): Sharp => sharp(data, { raw: { width, height, channels: 3 } });

/** A TIFF that says it is packed in a way that is not built in. */
async function tiffPackedAs(compression: number): Promise<Buffer> {
  const file = await picture().tiff({ compression: 'deflate' }).toBuffer();
  const at = file.readUInt32LE(4);
  for (let entry = 0; entry < file.readUInt16LE(at); entry++) {
    const tag = at + 2 + entry * 12;
    if (file.readUInt16LE(tag) === 259) file.writeUInt16LE(compression, tag + 8);
  }
  return file;
}

describe('a TIFF', () => {
  it.each([
    ['Zstandard', 50000],
    ['LZMA', 34925],
    ['LERC', 34887],
    ['JPEG 2000', 34712],
    ['JPEG XL', 50002],
    ['PNG', 50003],
  ])('packed with %s is listed, never shown black', async (_, compression) => {
    const file = join(temporaryFolder(), 'packed.tif');
    writeFileSync(file, await tiffPackedAs(compression));
    await expect(readPhoto(file)).rejects.toMatchObject({ name: 'PhotoError' });
  });

  it.each(['none', 'lzw', 'deflate', 'jpeg', 'packbits'] as const)('packed with %s is shown', async (compression) => {
    const file = join(temporaryFolder(), 'packed.tif');
    await picture().tiff({ compression }).toFile(file);
    expect((await readPhoto(file)).facts).toMatchObject({ width, height, note: null });
  });
});
