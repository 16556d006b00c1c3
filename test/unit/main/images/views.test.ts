import { describe, expect, it } from 'vitest';

import { type Picture, writeView } from '@main/images/views';

import { drawPicture } from '../../../helpers/generated-pictures';

const input = {
  size: 32,
  mean: [0.5, 0.5, 0.5] as [number, number, number],
  std: [0.5, 0.5, 0.5] as [number, number, number],
};
const identity = { contentHash: 'a'.repeat(64), seed: 1 };

function view(picture: Picture, index: number, key = identity): Float32Array {
  const out = new Float32Array(3 * 32 * 32);
  writeView(picture, index, key, input, out, 0);
  return out;
}

const flat = (red: number, green: number, blue: number, width = 80, height = 60): Picture => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => [red, green, blue][i % 3]!),
});

describe('the canonical view', () => {
  it('of one colour is that colour, normalised, plane by plane', () => {
    const out = view(flat(255, 0, 127.5), 0);
    expect(out[0]).toBeCloseTo(1, 5);
    expect(out[32 * 32]).toBeCloseTo(-1, 5);
    expect(out[2 * 32 * 32]).toBeCloseTo(127 / 127.5 - 1, 5);
  });

  it('is the middle: it does not see the far ends', () => {
    const picture = flat(100, 100, 100, 200, 64);
    for (let y = 0; y < 64; y++) for (let x = 0; x < 60; x++) picture.data.set([255, 0, 0], (y * 200 + x) * 3);
    expect(view(picture, 0)).toEqual(view(flat(100, 100, 100, 200, 64), 0));
  });

  it('shrinks without aliasing: fine checks become grey', () => {
    const picture = flat(0, 0, 0, 256, 256);
    for (let i = 0; i < 256 * 256; i++) if ((i + Math.floor(i / 256)) % 2) picture.data.fill(255, i * 3, i * 3 + 3);
    for (const value of view(picture, 0)) expect(Math.abs(value)).toBeLessThan(0.05);
  });

  it.each([
    [1, 1],
    [3, 500],
    [2048, 2],
  ])('of a %i × %i picture has numbers everywhere', (width, height) => {
    for (let index = 0; index < 4; index++) {
      for (const value of view(flat(10, 200, 30, width, height), index)) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe('further views', () => {
  const picture: Picture = drawPicture('discs', { index: 0, seed: 1 });

  it('are the same for the same seed, content and number, and differ otherwise', () => {
    expect(view(picture, 3)).toEqual(view(picture, 3));
    expect(view(picture, 3)).not.toEqual(view(picture, 4));
    expect(view(picture, 3)).not.toEqual(view(picture, 3, { ...identity, seed: 2 }));
    expect(view(picture, 3)).not.toEqual(view(picture, 3, { ...identity, contentHash: 'b'.repeat(64) }));
  });

  it('stay within the range, and about a fifth are grey', () => {
    let numGrey = 0;
    for (let index = 1; index <= 300; index++) {
      const out = view(picture, index);
      let isGrey = true;
      for (let i = 0; i < 32 * 32; i++) {
        const [red, green, blue] = [out[i]!, out[i + 1024]!, out[i + 2048]!];
        expect(Math.max(red, green, blue)).toBeLessThanOrEqual(1.0001);
        expect(Math.min(red, green, blue)).toBeGreaterThanOrEqual(-1.0001);
        if (Math.abs(red - green) > 0.01 || Math.abs(green - blue) > 0.01) isGrey = false;
      }
      if (isGrey) numGrey++;
    }
    expect(numGrey).toBeGreaterThan(35);
    expect(numGrey).toBeLessThan(90);
  });

  it('leave grey pictures grey whatever their hue is turned by', () => {
    const out = view(flat(90, 90, 90), 7);
    for (let i = 0; i < 1024; i++) expect(out[i]).toBeCloseTo(out[i + 1024]!, 4);
  });
});
