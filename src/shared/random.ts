/**
 * @file Our own seeded generator. TF.js's seeds are not to be trusted (its initialisers ignore them), so every weight, batch
 * and permutation comes from here: the same seed gives the same numbers on every machine, in any order of arrival.
 */

/** A stream of random numbers. Two streams made from one seed give the same numbers. */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform whole number in [0, limit). */
  int(limit: number): number;
  /** Standard normal. */
  normal(): number;
  /** The numbers 0 … count−1 in random order. */
  permutation(count: number): Int32Array;
  /** Reorders in place and returns its argument. */
  shuffle<T extends { length: number; [index: number]: unknown }>(list: T): T;
}

/** MurmurHash3's 32-bit finaliser: every input bit changes every output bit with probability about one half. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** FNV-1a over the UTF-16 code units of a text, from a chosen start. */
function hashText(text: string, start: number): number {
  let h = start >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return mix(h);
}

/**
 * Gives the seed of one part of the work: `deriveSeed(librarySeed, 'cluster', headIndex, step)`.
 *
 * @param seed A whole number below 2^53.
 * @param parts Names and numbers that tell this part from every other; ('a', 1) and ('a1') differ.
 * @returns A whole number below 2^53.
 */
export function deriveSeed(seed: number, ...parts: (string | number)[]): number {
  const text = [seed, ...parts].map((part) => `${typeof part === 'number' ? '#' : '$'}${part}`).join('\u0000');
  const high = hashText(text, 0x811c9dc5);
  const low = hashText(text, mix(high ^ 0x9e3779b9));
  return high * 0x200000 + (low >>> 11);
}

/** Makes a generator: sfc32 (Doty-Humphrey's small fast counter, 128 bits of state), warmed up over 15 steps. */
export function createRandom(seed: number): Random {
  let a = mix(seed >>> 0);
  let b = mix(Math.floor(seed / 0x100000000) ^ 0x9e3779b9);
  let c = mix(a ^ b ^ 0x243f6a88);
  let counter = 1;
  let spareNormal: number | undefined;

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next();

  const random: Random = {
    uniform: () => next() / 0x100000000,
    int: (limit) => Math.floor((next() / 0x100000000) * limit),
    normal() {
      if (spareNormal !== undefined) {
        const value = spareNormal;
        spareNormal = undefined;
        return value;
      }
      const radius = Math.sqrt(-2 * Math.log((next() + 1) / 0x100000001));
      const angle = (2 * Math.PI * next()) / 0x100000000;
      spareNormal = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation: (count) => random.shuffle(Int32Array.from({ length: count }, (_, i) => i)),
    shuffle(list) {
      const items = list as { length: number; [index: number]: unknown };
      for (let i = items.length - 1; i > 0; i--) {
        const j = random.int(i + 1);
        [items[i], items[j]] = [items[j], items[i]];
      }
      return list;
    },
  };
  return random;
}

/** Independent normal numbers of a given spread, for weights. */
export function normalValues(random: Random, count: number, deviation = 1): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = random.normal() * deviation;
  return values;
}
