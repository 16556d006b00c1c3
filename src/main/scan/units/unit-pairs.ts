/** @file Which photos are the same shot: the pairs that units are joined from. */
import { rowOf, type Matrix, type PackedMatrix } from '../math/matrix';
import { createRandom, deriveSeed } from '@shared/random';
import type { CosineLimits, UnitInput } from './unit-input';

const NEAR_BITS = 6;
const NEAR_BITS_SAME_TIME = 10;
const SAME_TIME_MS = 10 * 60_000;
const BURST_MS = 3_000;
const SERIES_MS = 60_000;

/** Cosine of two rows. */
export function cosineOf(features: Matrix | PackedMatrix, a: number, b: number): number {
  const x = rowOf(features, a);
  const y = rowOf(features, b);
  let product = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    product += x[i]! * y[i]!;
    xx += x[i]! * x[i]!;
    yy += y[i]! * y[i]!;
  }
  return xx === 0 || yy === 0 ? 0 : product / Math.sqrt(xx * yy);
}

const NUM_RANDOM_PAIRS = 20_000;
/** Where no two photos are of different times and looks: the limit for shots of a burst. */
const USUAL_LIMIT = 0.9;

/**
 * The given quantile of the cosines of 20,000 pairs picked at random, of different moments and looks. [Note: Bursts do not calibrate] Where a
 * third of a library are bursts of a dozen, more than one random pair in a thousand is from one burst: the 99.9th percentile would be how
 * alike shots of a burst are, and keep most bursts apart.
 */
export function randomPairCosine(input: UnitInput, quantile: number, seed: number): number {
  const { features, takenAtMs } = input;
  if (features.rows < 2) return 1;
  const hashes = input.perceptualHashes.map(readHash);
  const isOneShot = (a: number, b: number): boolean => {
    const [timeA, timeB] = [takenAtMs[a], takenAtMs[b]];
    if (timeA != null && timeB != null && Math.abs(timeA - timeB) <= SAME_TIME_MS) return true;
    return hashes[a] != null && hashes[b] != null && distanceInBits(hashes[a], hashes[b]) <= NEAR_BITS_SAME_TIME;
  };
  const random = createRandom(deriveSeed(seed, 'units', 'random-pairs'));
  const cosines: number[] = [];
  for (let pair = 0; pair < NUM_RANDOM_PAIRS; pair++) {
    const a = random.int(features.rows);
    const b = (a + 1 + random.int(features.rows - 1)) % features.rows;
    if (!isOneShot(a, b)) cosines.push(cosineOf(features, a, b));
  }
  if (cosines.length === 0) return USUAL_LIMIT;
  return cosines.sort((a, b) => a - b)[Math.floor(quantile * (cosines.length - 1))]!;
}

/** Copies: equal bytes, pairs of one name, and pictures whose perceptual hashes and features both nearly agree. */
export function* pairsOfCopies(input: UnitInput, limits: CosineLimits): Generator<[number, number]> {
  yield* pairsOfEqual(input.contentHashes);
  if (input.pairKeys) yield* pairsOfEqual(input.pairKeys);
  const hashes = input.perceptualHashes.map(readHash);
  for (const [a, b] of pairsOfNearHashes(hashes)) {
    if (cosineOf(input.features, a, b) >= limits.near) yield [a, b];
  }
  for (const [a, b] of pairsWithin(input.takenAtMs, SAME_TIME_MS)) {
    if (!hashes[a] || !hashes[b] || distanceInBits(hashes[a], hashes[b]) > NEAR_BITS_SAME_TIME) continue;
    if (cosineOf(input.features, a, b) >= limits.near) yield [a, b];
  }
}

/** Bursts: one camera, seconds apart and alike, or within a minute and very alike. */
export function* pairsOfShots(input: UnitInput, limits: CosineLimits): Generator<[number, number]> {
  const { takenAtMs, cameras, features } = input;
  for (const [a, b] of pairsWithin(takenAtMs, SERIES_MS)) {
    if (cameras[a] === null || cameras[a] !== cameras[b]) continue;
    const isBurst = takenAtMs[b]! - takenAtMs[a]! <= BURST_MS;
    if (cosineOf(features, a, b) >= (isBurst ? limits.near : limits.far)) yield [a, b];
  }
}

/** Pairs taken within a time of each other, the earlier first; each photo is paired with the next 100 at most. */
function* pairsWithin(takenAtMs: readonly (number | null)[], limitMs: number): Generator<[number, number]> {
  const timed = takenAtMs.flatMap((time, photo) => (time === null ? [] : [photo]));
  timed.sort((a, b) => takenAtMs[a]! - takenAtMs[b]! || a - b);
  for (let i = 0; i < timed.length; i++) {
    for (let j = i + 1; j < Math.min(timed.length, i + 101); j++) {
      if (takenAtMs[timed[j]!]! - takenAtMs[timed[i]!]! > limitMs) break;
      yield [timed[i]!, timed[j]!];
    }
  }
}

function* pairsOfEqual(keys: readonly (string | null)[]): Generator<[number, number]> {
  const firstByKey = new Map<string, number>();
  for (let photo = 0; photo < keys.length; photo++) {
    const key = keys[photo];
    if (key == null) continue;
    const first = firstByKey.get(key);
    if (first === undefined) firstByKey.set(key, photo);
    else yield [first, photo];
  }
}

interface Hash {
  high: number;
  low: number;
}

function readHash(bytes: Uint8Array | null): Hash | null {
  if (bytes?.length !== 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  return { high: view.getUint32(0), low: view.getUint32(4) };
}

/** Seven segments of nine bits or more: two hashes within six bits of each other agree in at least one of them. */
const NUM_SEGMENTS = NEAR_BITS + 1;

/** Pairs of hashes within {@link NEAR_BITS}, found without comparing all with all; a pair may come more than once. */
function* pairsOfNearHashes(hashes: readonly (Hash | null)[]): Generator<[number, number]> {
  for (let segment = 0; segment < NUM_SEGMENTS; segment++) {
    const photosByKey = new Map<number, number[]>();
    for (let photo = 0; photo < hashes.length; photo++) {
      const hash = hashes[photo];
      if (!hash) continue;
      const key = segmentOf(hash, segment);
      const earlier = photosByKey.get(key) ?? [];
      for (const other of earlier) if (distanceInBits(hashes[other]!, hash) <= NEAR_BITS) yield [other, photo];
      earlier.push(photo);
      photosByKey.set(key, earlier);
    }
  }
}

function segmentOf({ high, low }: Hash, segment: number): number {
  const start = Math.floor((segment * 64) / NUM_SEGMENTS);
  const end = Math.floor(((segment + 1) * 64) / NUM_SEGMENTS);
  let key = 0;
  for (let bit = start; bit < end; bit++) key = key * 2 + ((bit < 32 ? low >>> bit : high >>> (bit - 32)) & 1);
  return key;
}

function distanceInBits(a: Hash, b: Hash): number {
  return countBits(a.high ^ b.high) + countBits(a.low ^ b.low);
}

function countBits(value: number): number {
  let v = value - ((value >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
