import { describe, expect, it } from 'vitest';

import { createMatrix } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';
import type { UnitInput } from '@main/scan/units/unit-input';
import { calibrateLimits, findUnits } from '@main/scan/units/units';

const width = 32;
const limits = { near: 0.9, far: 0.95, chain: 0.93 };

/** Photos with directions of their own; `likeness` gives a photo the direction of another plus a little noise. */
function library(numPhotos: number, likeness: Record<number, number> = {}, noise = 0.1): UnitInput {
  const random = createRandom(9);
  const values = normalValues(random, numPhotos * width);
  for (const [photo, original] of Object.entries(likeness)) {
    for (let d = 0; d < width; d++)
      values[Number(photo) * width + d] = values[original * width + d]! + noise * random.normal();
  }
  const nothing = Array.from({ length: numPhotos }, () => null);
  return {
    features: createMatrix(numPhotos, width, values),
    contentHashes: nothing.map((_, photo) => `file ${photo}`),
    perceptualHashes: nothing.map(() => Uint8Array.from({ length: 8 }, () => random.int(256))),
    takenAtMs: nothing,
    cameras: nothing,
  };
}

const withFlippedBits = (hash: Uint8Array, numBits: number): Uint8Array => {
  const copy = Uint8Array.from(hash);
  for (let bit = 0; bit < numBits; bit++) copy[bit % 8]! ^= 1 << Math.floor(bit / 8);
  return copy;
};

describe('findUnits', () => {
  it('leaves unlike photos alone', () => {
    const units = findUnits(library(20), limits);
    expect(units.numUnits).toBe(20);
    expect([...units.unitIndex]).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect([...units.weights]).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it('joins equal files and RAW+JPEG pairs, whatever they look like', () => {
    const input = library(6);
    const units = findUnits(
      {
        ...input,
        contentHashes: ['a', 'b', 'a', 'c', 'd', 'e'],
        pairKeys: ['x/1', 'x/2', 'x/3', 'x/4', 'x/4', null],
      },
      limits,
    );
    expect([...units.unitIndex]).toEqual([0, 1, 0, 2, 2, 3]);
    expect(units.weights[0]).toBe(2);
  });

  it('joins near copies by hash within 6 bits, within 10 when taken within ten minutes, and only if they look alike', () => {
    const input = library(4, { 1: 0, 2: 0 });
    const hash = input.perceptualHashes[0]!;
    const hashes = (bits: number) => [hash, withFlippedBits(hash, bits), input.perceptualHashes[2]!, hash];
    const unitsAt = (bits: number, takenAtMs: (number | null)[]): number[] => [
      ...findUnits({ ...input, perceptualHashes: hashes(bits), takenAtMs }, limits).unitIndex,
    ];
    const never = [null, null, null, null];
    expect(unitsAt(6, never)).toEqual([0, 0, 1, 2]);
    expect(unitsAt(9, never)).toEqual([0, 1, 2, 3]);
    expect(unitsAt(9, [0, 9 * 60_000, null, null])).toEqual([0, 0, 1, 2]);
  });

  it('joins bursts of one camera and leaves two cameras apart', () => {
    const input = library(4, { 1: 0, 2: 0, 3: 0 }, 0.05);
    const takenAtMs = [1000, 2000, 3000, 3500];
    const units = findUnits({ ...input, takenAtMs, cameras: ['A', 'A', 'A', 'B'] }, limits);
    expect([...units.unitIndex]).toEqual([0, 0, 0, 1]);
    expect([...units.sizes]).toEqual([3, 1]);
    expect(units.weights[0]).toBeCloseTo(1 + Math.log2(3), 5);
  });

  it('cuts chains: a slow pan is several units', () => {
    const numPhotos = 30;
    const values = new Float32Array(numPhotos * 2);
    for (let photo = 0; photo < numPhotos; photo++)
      values.set([Math.cos(photo * 0.1), Math.sin(photo * 0.1)], photo * 2);
    const units = findUnits(
      {
        ...library(numPhotos),
        features: createMatrix(numPhotos, 2, values),
        takenAtMs: Array.from({ length: numPhotos }, (_, i) => i * 1000),
        cameras: Array.from({ length: numPhotos }, () => 'A'),
      },
      limits,
    );
    expect(units.numUnits).toBeGreaterThan(2);
    expect(units.numUnits).toBeLessThan(12);
  });

  it('takes its cosine limits from random pairs', () => {
    const found = calibrateLimits(library(200), 1);
    expect(found.near).toBe(0.6);
    expect(found.far).toBeCloseTo(0.8, 10);
  });

  it('takes them from photos of different moments, however many bursts there are', () => {
    // 20 bursts of ten: one random pair in twenty is from one burst.
    const shots = Object.fromEntries(
      Array.from({ length: 200 }, (_, photo) => [photo, photo - (photo % 10)] as const).filter(([a, b]) => a !== b),
    );
    const bursts = library(200, shots, 0.3);
    const takenAtMs = Array.from(
      { length: 200 },
      (_, photo) => Math.floor(photo / 10) * 86_400_000 + (photo % 10) * 500,
    );
    const timed = { ...bursts, takenAtMs, cameras: takenAtMs.map(() => 'camera') };
    expect(calibrateLimits(bursts, 1).near).toBeGreaterThan(0.9);
    expect(calibrateLimits(timed, 1).near).toBeLessThan(0.75);
    expect(findUnits(timed, calibrateLimits(timed, 1)).numUnits).toBe(20);
  });

  it('keeps to the usual limits where all photos are of one moment', () => {
    const { near } = calibrateLimits({ ...library(20), takenAtMs: Array.from({ length: 20 }, () => 0) }, 1);
    expect(near).toBe(0.9);
  });
});
