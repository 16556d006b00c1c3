import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { drawPicture, generatedClasses } from '../test/helpers/generated-pictures';

/** Different pictures drawn; further files repeat them with another comment inside, so contents differ and decoding costs the same. */
const NUM_DRAWN = 24;

/** Gives `count` different 12-megapixel JPEG files of about 2 MB, like a phone's, made once and kept in `folder`. */
export async function makeLargePhotos(folder: string, count: number, numDrawn = NUM_DRAWN): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  const drawn: Buffer[] = [];
  for (let index = 0; index < count; index++) {
    const file = join(folder, `photo-${String(index).padStart(5, '0')}.jpg`);
    files.push(file);
    if (existsSync(file)) {
      if (index < numDrawn) drawn.push(readFileSync(file));
    } else if (index < numDrawn) {
      drawn.push(await drawLargePhoto(index));
      writeFileSync(file, drawn[index] as Buffer);
    } else {
      writeFileSync(file, withComment(drawn[index % numDrawn] as Buffer, `photo ${index}`));
    }
  }
  return files;
}

async function drawLargePhoto(index: number): Promise<Buffer> {
  const name = generatedClasses[index % generatedClasses.length] as (typeof generatedClasses)[number];
  const { data, width, height } = drawPicture(name, { index, seed: 12, width: 1000, height: 750 });
  const noise = await sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 22 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(data, { raw: { width, height, channels: 3 } })
    .blur(1)
    .resize(4000, 3000, { kernel: 'cubic' })
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** A JPEG with a comment segment put in behind its start mark. */
export function withComment(jpeg: Buffer, comment: string): Buffer {
  const text = Buffer.from(comment);
  const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), text]);
  segment.writeUInt16BE(text.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}
