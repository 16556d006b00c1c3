import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { hashDistance } from '@main/images/perceptual-hash';
import { type PhotoReading, readPhoto } from '@main/images/read-photo';

import { drawPicture, generatedJpeg } from '../../../helpers/generated-pictures';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'kindred-read-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, content: Buffer | string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const read = (name: string, content: Buffer | string): Promise<PhotoReading> => readPhoto(put(name, content));

/** Left half red, right half blue: turns and mirrors show. */
const halves = (width = 400, height = 300): Sharp =>
  sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    { input: { create: { width: width / 2, height, channels: 3, background: '#ff0000' } }, left: 0, top: 0 },
  ]);

function pixel({ small }: PhotoReading, x: number, y: number): number[] {
  const at = (Math.floor(y * (small.height - 1)) * small.width + Math.floor(x * (small.width - 1))) * 3;
  return [...small.data.subarray(at, at + 3)];
}

describe('every format', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff'] as const)('%s is read', async (format) => {
    const reading = await read(`a.${format}`, await halves().toFormat(format).toBuffer());
    expect(reading.facts).toMatchObject({ format, width: 400, height: 300, orientation: 1, note: null });
    expect(reading.small).toMatchObject({ width: 341, height: 256 });
    expect(pixel(reading, 0.1, 0.5)[0]).toBeGreaterThan(240);
    expect(pixel(reading, 0.9, 0.5)[2]).toBeGreaterThan(240);
  });

  it('BMP is read', async () => {
    const { data } = await halves(40, 30).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const bmp = Buffer.alloc(54 + 40 * 30 * 3);
    bmp.write('BM');
    bmp.writeUInt32LE(bmp.length, 2);
    bmp.writeUInt32LE(54, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(40, 18);
    bmp.writeInt32LE(-30, 22);
    bmp.writeUInt16LE(1, 26);
    bmp.writeUInt16LE(24, 28);
    for (let i = 0; i < data.length; i += 3) bmp.set([data[i + 2]!, data[i + 1]!, data[i]!], 54 + i);
    const reading = await read('a.bmp', bmp);
    expect(reading.facts).toMatchObject({ format: 'bmp', width: 40, height: 30 });
    expect(pixel(reading, 0.1, 0.5)[0]).toBeGreaterThan(240);
    expect((await read('b.bmp', bmp)).facts.width).toBe(40);
  });

  it('a PNG named .jpg is read as what it is', async () => {
    expect((await read('wrong.jpg', await halves().png().toBuffer())).facts.format).toBe('png');
  });

  it('a camera RAW is read through its largest preview, turned as it says', async () => {
    const preview = await halves(800, 600).jpeg().toBuffer();
    const tiff = Buffer.alloc(64);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(1, 8);
    tiff.writeUInt16LE(0x112, 10);
    tiff.writeUInt16LE(3, 12);
    tiff.writeUInt32LE(1, 14);
    tiff.writeUInt16LE(6, 18);
    const small = await halves(160, 120).jpeg().toBuffer();
    const reading = await read(
      'a.nef',
      Buffer.concat([tiff, small, Buffer.alloc(1000, 7), preview, Buffer.alloc(5000, 9)]),
    );
    expect(reading.facts).toMatchObject({ format: 'raw', width: 600, height: 800, orientation: 6 });
    expect(pixel(reading, 0.5, 0.1)[0]).toBeGreaterThan(240);
    expect(pixel(reading, 0.5, 0.9)[2]).toBeGreaterThan(240);
  });
});

/** A TIFF directory with text, number and fraction entries, as cameras write them. */
function tiffBlock(entries: [tag: number, type: 2 | 3 | 5, value: string | number | [number, number][]][]): Buffer {
  const head = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  const extra: Buffer[] = [];
  let end = head.length;
  entries.forEach(([tag, type, value], index) => {
    const at = 10 + index * 12;
    let bytes: Buffer;
    if (typeof value === 'string') bytes = Buffer.from(`${value}\0`);
    else if (typeof value === 'number') bytes = Buffer.from([value & 255, value >> 8, 0, 0]);
    else bytes = Buffer.concat(value.map(([a, b]) => Buffer.from(Uint32Array.of(a, b).buffer)));
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(typeof value === 'number' ? 1 : typeof value === 'string' ? bytes.length : value.length, at + 4);
    if (bytes.length <= 4) bytes.copy(head, at + 8);
    else {
      head.writeUInt32LE(end, at + 8);
      extra.push(bytes);
      end += bytes.length;
    }
  });
  return Buffer.concat([head, ...extra]);
}

function box(name: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + content.length);
  return Buffer.concat([size, Buffer.from(name, 'latin1'), content]);
}

describe('camera RAW metadata', () => {
  it('of a CR3 comes from its three boxes', async () => {
    const file = Buffer.concat([
      box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1')),
      box('CMT1', tiffBlock([[0x10f, 2, 'Canon'], [0x110, 2, 'Canon EOS R5'], [0x112, 3, 8]])), // prettier-ignore
      box('CMT2', tiffBlock([[0x9003, 2, '2023:04:05 06:07:08'], [0x9011, 2, '-03:00']])), // prettier-ignore
      box('CMT4', tiffBlock([[1, 2, 'N'], [2, 5, [[48, 1], [30, 1], [0, 1]]], [3, 2, 'W'], [4, 5, [[2, 1], [15, 1], [0, 1]]]])), // prettier-ignore
      box('mdat', await halves(800, 600).jpeg().toBuffer()),
    ]);
    expect((await read('a.cr3', file)).facts).toMatchObject({
      format: 'raw',
      orientation: 8,
      width: 600,
      height: 800,
      camera: 'Canon EOS R5',
      takenAt: '2023-04-05T06:07:08-03:00',
      latitude: 48.5,
      longitude: -2.25,
    });
  });

  it.each([
    ['a.orf', 'IIRO'],
    ['a.rw2', 'IIU\0'],
    ['a.arw', 'II*\0'],
  ])('of %s is TIFF, whatever number it has', async (name, start) => {
    const head = tiffBlock([[0x110, 2, 'Model X'], [0x112, 3, 3]]); // prettier-ignore
    head.write(start, 'latin1');
    const reading = await read(name, Buffer.concat([head, await halves(800, 600).jpeg().toBuffer()]));
    expect(reading.facts).toMatchObject({ format: 'raw', camera: 'Model X', orientation: 3 });
    expect(pixel(reading, 0.1, 0.5)[2]).toBeGreaterThan(240);
  });

  it('of a RAF comes from its preview, and a RAW without a preview is listed', async () => {
    const preview = await halves(800, 600)
      .withExif({ IFD0: { Model: 'X-T5' } })
      .jpeg()
      .toBuffer();
    const raf = Buffer.concat([Buffer.from('FUJIFILMCCD-RAW 0201'.padEnd(148, '\0'), 'latin1'), preview]);
    expect((await read('a.raf', raf)).facts).toMatchObject({ format: 'raw', camera: 'X-T5' });
    await expect(read('none.raf', raf.subarray(0, 148))).rejects.toMatchObject({ problem: 'unsupported' });
  });
});

describe('colour and shape', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is shown upright', async (orientation) => {
    const upright = await halves(200, 300).png().toBuffer();
    const turns: Record<number, (image: Sharp) => Sharp> = {
      1: (image) => image,
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.rotate(90).flip(),
      6: (image) => image.rotate(270),
      7: (image) => image.rotate(90).flop(),
      8: (image) => image.rotate(90),
    };
    // Stored turned the other way, so that following the tag brings it back.
    const stored = await turns[orientation]!(sharp(upright)).toBuffer();
    const reading = await read(
      `o${orientation}.jpg`,
      await sharp(stored).withMetadata({ orientation }).jpeg().toBuffer(),
    );
    expect(reading.facts).toMatchObject({ width: 200, height: 300, orientation });
    expect(pixel(reading, 0.1, 0.5)[0]).toBeGreaterThan(200);
    expect(pixel(reading, 0.9, 0.5)[2]).toBeGreaterThan(200);
  });

  it('16-bit, grey, CMYK and transparent pictures become 8-bit RGB', async () => {
    const deep = await halves().toColourspace('rgb16').png().toBuffer();
    expect(pixel(await read('deep.png', deep), 0.1, 0.5)[0]).toBe(255);
    const grey = await read('grey.png', await halves().greyscale().png().toBuffer());
    expect(grey.small.data).toHaveLength(grey.small.width * grey.small.height * 3);
    const cmyk = await read('cmyk.jpg', await halves().toColourspace('cmyk').jpeg().toBuffer());
    expect(pixel(cmyk, 0.1, 0.5)[0]).toBeGreaterThan(180);
    const clear = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect(pixel(await read('clear.png', clear), 0.5, 0.5)).toEqual([192, 192, 192]);
  });

  it('a panorama keeps its shorter side, a strip its shape', async () => {
    expect((await read('p.jpg', await halves(4000, 800).jpeg().toBuffer())).small).toMatchObject({
      width: 1280,
      height: 256,
    });
    expect((await read('s.png', await halves(6000, 10).png().toBuffer())).small).toMatchObject({
      width: 2048,
      height: 3,
    });
  });
});

describe('metadata', () => {
  it('date with its offset, camera and position are read', async () => {
    const image = halves().withExif({
      IFD0: { Make: 'NIKON CORPORATION', Model: 'NIKON D70' },
      IFD2: { DateTimeOriginal: '2024:07:01 10:20:30', OffsetTimeOriginal: '+02:00', SubSecTimeOriginal: '25' },
      IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '33/1 30/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '151/1 15/1 0/1' },
    });
    expect((await read('m.jpg', await image.jpeg().toBuffer())).facts).toMatchObject({
      takenAt: '2024-07-01T10:20:30+02:00',
      takenAtMs: Date.UTC(2024, 6, 1, 8, 20, 30, 250),
      camera: 'NIKON D70',
      latitude: -33.5,
      longitude: 151.25,
    });
  });

  it('copies in another size and quality have close hashes, other pictures far ones', async () => {
    const { data, width, height } = drawPicture('noise', { index: 1, seed: 1, width: 900, height: 600 });
    const raw = { raw: { width, height, channels: 3 as const } };
    const a = await read('h1.png', await sharp(data, raw).png().toBuffer());
    const b = await read('h2.jpg', await sharp(data, raw).resize(300).jpeg({ quality: 40 }).toBuffer());
    const c = await read('h3.jpg', await generatedJpeg('noise', { index: 2, seed: 1 }));
    expect(hashDistance(a.facts.perceptualHash, b.facts.perceptualHash)).toBeLessThanOrEqual(4);
    expect(hashDistance(a.facts.perceptualHash, c.facts.perceptualHash)).toBeGreaterThan(12);
  });
});

describe('a thumbnail', () => {
  it('appears whole under its name and leaves nothing else', async () => {
    const thumbs = mkdtempSync(join(folder, 'thumbs-'));
    const { facts } = await readPhoto(put('t.jpg', await halves(3000, 2000).jpeg().toBuffer()), {
      thumbnailPath: (hash) => join(thumbs, `${hash}.jpg`),
    });
    expect(readdirSync(thumbs)).toEqual([`${facts.contentHash}.jpg`]);
    expect(await sharp(join(thumbs, `${facts.contentHash}.jpg`)).metadata()).toMatchObject({ width: 384, height: 256 });
  });

  it('of a small picture is not enlarged', async () => {
    await readPhoto(put('tiny.png', await halves(32, 32).png().toBuffer()), {
      thumbnailPath: () => join(folder, 'tiny.thumb'),
    });
    expect(await sharp(join(folder, 'tiny.thumb')).metadata()).toMatchObject({ width: 32, height: 32 });
  });
});

describe('a file that cannot be shown says why', () => {
  const refuse = async (name: string, content: Buffer | string): Promise<string> => {
    const error: unknown = await read(name, content).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'PhotoError' });
    return (error as Error).message;
  };

  it.each([
    ['empty', '', /empty/],
    ['text', 'Dear diary, it rained.', /holds text/],
    ['web page', '<!DOCTYPE html><html>404</html>', /web page/],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
    ['zeros', Buffer.alloc(5000), /only zero bytes/],
    ['head only', Buffer.from('ffd8ffe000104a464946', 'hex'), /damaged|cut off/],
  ])('%s', async (_, content, reason) => {
    expect(await refuse('bad.jpg', content)).toMatch(reason);
  });

  it('cut off early', async () => {
    const whole = await sharp(drawPicture('noise', { index: 1, seed: 1, width: 600, height: 450 }).data, {
      raw: { width: 600, height: 450, channels: 3 },
    })
      .jpeg()
      .toBuffer();
    expect(await refuse('cut.jpg', whole.subarray(0, whole.length * 0.2))).toMatch(
      /cut off: \d+ % of the picture is missing/,
    );
    const { facts } = await read('nearly.jpg', whole.subarray(0, whole.length * 0.85));
    expect(facts.note).toMatch(/cut off: \d+ % of the picture is missing/);
  });

  it('a bomb of pixels', async () => {
    const png = await halves().png().toBuffer();
    png.writeUInt32BE(30_000, 16);
    png.writeUInt32BE(20_000, 20);
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    expect(await refuse('bomb.png', png)).toBe(
      'The picture is too large: 30,000 × 20,000 pixels (the limit is 400 million).',
    );
  });

  it('gone, or a link', async () => {
    await expect(readPhoto(join(folder, 'gone.jpg'))).rejects.toMatchObject({ problem: 'vanished' });
    symlinkSync(put('real.jpg', await halves().jpeg().toBuffer()), join(folder, 'link.jpg'));
    await expect(readPhoto(join(folder, 'link.jpg'))).rejects.toMatchObject({ problem: 'unreadable' });
    expect(existsSync(join(folder, 'link.jpg'))).toBe(true);
  });
});

describe('pictures that need a decoder of their own', () => {
  it('JPEG XL is read', async () => {
    const codec = await import('@jsquash/jxl/encode.js');
    const wasm = readFileSync(createRequire(import.meta.url).resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm'));
    await codec.init(await WebAssembly.compile(wasm));
    const { data, info } = await halves(300, 200).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const image = { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
    const reading = await read('a.jxl', Buffer.from(await codec.default(image as ImageData)));
    expect(reading.facts).toMatchObject({ format: 'jxl', width: 300, height: 200 });
    expect(pixel(reading, 0.1, 0.5)[0]).toBeGreaterThan(230);
    expect(pixel(reading, 0.9, 0.5)[2]).toBeGreaterThan(230);
  });

  it('damaged ones are listed, and the next is read all the same', async () => {
    for (const name of ['bad.jxl', 'bad.heic', 'bad.bmp']) {
      const head = { 'bad.jxl': 'ff0a', 'bad.heic': '0000001866747970686569630000000068656963', 'bad.bmp': '424d' }[
        name
      ]!;
      await expect(read(name, Buffer.concat([Buffer.from(head, 'hex'), Buffer.alloc(500, 7)]))).rejects.toMatchObject({
        name: 'PhotoError',
      });
    }
  });
});
