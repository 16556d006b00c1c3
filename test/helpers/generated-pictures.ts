/**
 * @file Pictures made from a seed, for tests that need a whole library: each class is a recipe (a pattern, a palette, a texture)
 * whose photos differ strongly in position, size, angle, colour and noise. Folder names are the hidden truth.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { createRandom, deriveSeed, type Random } from '@shared/random';

/** The classes there are, in the order they are used. */
export const generatedClasses = ['stripes', 'discs', 'noise', 'checks', 'rings', 'waves', 'grains', 'rays'] as const;
export type GeneratedClass = (typeof generatedClasses)[number];

type Colour = [number, number, number];
/** Brightness of a pattern at a point, 0–1; x and y run from 0 to 1. */
type Pattern = (x: number, y: number) => number;

const patternByClass: Record<GeneratedClass, (random: Random) => Pattern> = {
  stripes(random) {
    const angle = random.uniform() * Math.PI;
    const frequency = 6 + 10 * random.uniform();
    return (x, y) => (Math.sin((x * Math.cos(angle) + y * Math.sin(angle)) * frequency * 2 * Math.PI) > 0 ? 1 : 0);
  },
  discs(random) {
    const discs = Array.from({ length: 4 + random.int(6) }, () => ({
      x: random.uniform(),
      y: random.uniform(),
      radius: 0.06 + 0.12 * random.uniform(),
    }));
    return (x, y) => (discs.some((disc) => Math.hypot(x - disc.x, y - disc.y) < disc.radius) ? 1 : 0);
  },
  noise(random) {
    const cells = 6 + random.int(6);
    const grid = Array.from({ length: (cells + 2) ** 2 }, () => random.uniform());
    return (x, y) => {
      const column = Math.floor(x * cells);
      const row = Math.floor(y * cells);
      const u = x * cells - column;
      const v = y * cells - row;
      const at = (dx: number, dy: number): number => grid[(row + dy) * (cells + 2) + column + dx] ?? 0;
      return (at(0, 0) * (1 - u) + at(1, 0) * u) * (1 - v) + (at(0, 1) * (1 - u) + at(1, 1) * u) * v;
    };
  },
  checks(random) {
    const cells = 4 + 5 * random.uniform();
    const angle = (random.uniform() - 0.5) * 0.8;
    return (x, y) => {
      const u = Math.floor((x * Math.cos(angle) - y * Math.sin(angle)) * cells + 40);
      const v = Math.floor((x * Math.sin(angle) + y * Math.cos(angle)) * cells + 40);
      return (u + v) % 2;
    };
  },
  rings(random) {
    const [centreX, centreY, frequency] = [
      0.2 + 0.6 * random.uniform(),
      0.2 + 0.6 * random.uniform(),
      8 + 8 * random.uniform(),
    ];
    return (x, y) => (Math.sin(Math.hypot(x - centreX, y - centreY) * frequency * 2 * Math.PI) > 0 ? 1 : 0);
  },
  waves(random) {
    const [amplitude, frequency, count] = [
      0.05 + 0.08 * random.uniform(),
      2 + 3 * random.uniform(),
      3 + 3 * random.uniform(),
    ];
    return (x, y) =>
      0.5 + 0.5 * Math.sin((y + amplitude * Math.sin(x * frequency * 2 * Math.PI)) * count * 2 * Math.PI);
  },
  grains(random) {
    const density = 0.1 + 0.2 * random.uniform();
    return () => (random.uniform() < density ? 1 : 0);
  },
  rays(random) {
    const [centreX, centreY, count] = [0.3 + 0.4 * random.uniform(), 0.3 + 0.4 * random.uniform(), 5 + random.int(6)];
    const turn = random.uniform() * Math.PI;
    return (x, y) => (Math.sin(Math.atan2(y - centreY, x - centreX) * count + turn) > 0 ? 1 : 0);
  },
};

/** A colour near the class's own, so that neither colour alone nor shape alone tells the class. */
function colourNear(hue: number, lightness: number, random: Random): Colour {
  const angle = (hue + (random.uniform() - 0.5) * 0.25) * 2 * Math.PI;
  const centre = 255 * Math.min(0.95, Math.max(0.05, lightness + (random.uniform() - 0.5) * 0.3));
  const spread = 60 + 40 * random.uniform();
  return [0, 1, 2].map((channel) => centre + spread * Math.cos(angle - (channel * 2 * Math.PI) / 3)) as Colour;
}

export interface GeneratedPictureOptions {
  /** Number of the picture within its class. */
  index: number;
  seed: number;
  width?: number;
  height?: number;
}

/** Draws one picture of a class. The same class, index and seed give the same pixels. */
export function drawPicture(
  name: GeneratedClass,
  { index, seed, width = 240, height = 180 }: GeneratedPictureOptions,
): { width: number; height: number; data: Buffer } {
  const random = createRandom(deriveSeed(seed, 'picture', name, index));
  const classHue = generatedClasses.indexOf(name) / generatedClasses.length;
  const pattern = patternByClass[name](random);
  const dark = colourNear(classHue, 0.3, random);
  const light = colourNear(classHue + 0.35, 0.7, random);
  const noise = 6 + 14 * random.uniform();
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const share = pattern(x / height, y / height);
      const grain = (random.uniform() - 0.5) * 2 * noise;
      for (let channel = 0; channel < 3; channel++, at++) {
        const value = (dark[channel] ?? 0) * (1 - share) + (light[channel] ?? 0) * share + grain;
        data[at] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  return { width, height, data };
}

/** One picture as a JPEG file's bytes. */
export async function generatedJpeg(name: GeneratedClass, options: GeneratedPictureOptions): Promise<Buffer> {
  const { data, width, height } = drawPicture(name, options);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88 })
    .toBuffer();
}

export interface GeneratedLibraryOptions {
  /** How many classes, at most {@link generatedClasses}.length, or which. */
  classes: number | readonly GeneratedClass[];
  perClass: number;
  seed: number;
  width?: number;
  height?: number;
}

export interface GeneratedFile {
  /** Relative to the folder, '/' between parts. */
  path: string;
  className: GeneratedClass;
  sha256: string;
}

/** Writes `folder/<class>/<class>-NNN.jpg` for every class. */
export async function writeGeneratedLibrary(
  folder: string,
  options: GeneratedLibraryOptions,
): Promise<GeneratedFile[]> {
  const { classes, perClass, ...rest } = options;
  const names = typeof classes === 'number' ? generatedClasses.slice(0, classes) : classes;
  const files: GeneratedFile[] = [];
  for (const className of names) {
    mkdirSync(join(folder, className), { recursive: true });
    for (let index = 0; index < perClass; index++) {
      const bytes = await generatedJpeg(className, { ...rest, index });
      const path = `${className}/${className}-${String(index).padStart(3, '0')}.jpg`;
      writeFileSync(join(folder, path), bytes);
      files.push({ path, className, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
  }
  return files;
}
