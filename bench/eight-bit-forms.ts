/** @file A bundled trunk and its eight-bit form on the same made pictures, in turns: how fast, and how alike. */
import { openTrunkFolder } from '@main/trunks/trunk-folder';
import type { Trunk } from '@main/trunks/trunk';
import { createRandom, deriveSeed } from '@shared/random';

export interface FormTrial {
  /** How many times as fast as the float form, by processor time. */
  ratio: number;
  /** Least cosine of a picture's features under the two forms. */
  leastCosine: number;
}

const NUM_PICTURES = 4;
const ROUNDS = 3;

/** Runs both forms on the same pictures, in turns. */
export async function tryForms(floatFolder: string, eightBitFolder: string): Promise<FormTrial> {
  const float = await openTrunkFolder(floatFolder, { numThreads: 1 });
  let eightBit: Trunk | null = null;
  try {
    eightBit = await openTrunkFolder(eightBitFolder, { numThreads: 1 });
    const pixels = drawPictures(float.description.size);
    const [plain, short] = [await float.embed(pixels), await eightBit.embed(pixels)];
    let [floatTime, eightBitTime] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      floatTime = Math.min(floatTime, await processorTime(float, pixels));
      eightBitTime = Math.min(eightBitTime, await processorTime(eightBit, pixels));
    }
    return { ratio: floatTime / eightBitTime, leastCosine: leastCosine(plain, short, float.description.width) };
  } finally {
    await Promise.all([float.dispose(), eightBit?.dispose()]);
  }
}

/** Of this process, its threads included: what else the machine does hardly shows in it. */
async function processorTime(trunk: Trunk, pixels: Float32Array): Promise<number> {
  const before = process.cpuUsage();
  await trunk.embed(pixels);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** Waves of some widths and colours, over the whole range of values. Shape: [NUM_PICTURES, 3, size, size], −1 to 1. */
function drawPictures(size: number): Float32Array {
  const pixels = new Float32Array(NUM_PICTURES * 3 * size * size);
  for (let plane = 0; plane < NUM_PICTURES * 3; plane++) {
    const random = createRandom(deriveSeed(1, 'form', plane));
    const waves = Array.from({ length: 6 }, () => ({
      ...{ x: random.normal() * 12, y: random.normal() * 12, phase: random.uniform() * 2 * Math.PI },
    }));
    for (let at = 0; at < size * size; at++) {
      const [x, y] = [(at % size) / size, Math.floor(at / size) / size];
      const height = waves.reduce((sum, wave) => sum + Math.sin(wave.x * x + wave.y * y + wave.phase), 0);
      pixels[plane * size * size + at] = Math.max(-1, Math.min(1, height / 3));
    }
  }
  return pixels;
}

function leastCosine(a: Float32Array, b: Float32Array, width: number): number {
  let least = 1;
  for (let start = 0; start < a.length; start += width) {
    let [product, ofA, ofB] = [0, 0, 0];
    for (let at = start; at < start + width; at++) {
      product += a[at]! * b[at]!;
      ofA += a[at]! ** 2;
      ofB += b[at]! ** 2;
    }
    least = Math.min(least, product / Math.sqrt(ofA * ofB));
  }
  return least;
}
