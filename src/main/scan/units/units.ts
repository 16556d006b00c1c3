/**
 * @file Bursts, copies and RAW+JPEG pairs count once. [Note: Why units]
 *
 * A burst of twenty fills its members' neighbour lists with itself: heads and merge tree then find bursts, not kinds. So photos that
 * are the same shot become one *unit*: it trains as one photo with weight 1 + log2(size), at most 5, and its members follow it.
 */
import { createSets, find, join } from '../math/disjoint-sets';
import type { Matrix, PackedMatrix } from '../math/matrix';
import type { CosineLimits, UnitInput } from './unit-input';
import { cosineOf, pairsOfCopies, pairsOfShots, randomPairCosine } from './unit-pairs';

export interface Units {
  numUnits: number;
  /** The unit of each photo. Shape: [N]. */
  unitIndex: Int32Array;
  /** The photo nearest to all others of its unit. Shape: [M]. */
  representatives: Int32Array;
  /** Photos a unit. Shape: [M]. */
  sizes: Int32Array;
  /** What a unit weighs in training: 1 + log2(size), at most 5. Shape: [M]. */
  weights: Float32Array;
}

const MAX_WEIGHT = 5;

/** Limits of 0.90, 0.95 and 0.93 where random pairs reach 0.90, and the same fractions of the way to 1 where they reach another value. */
export function calibrateLimits(input: UnitInput, seed: number): CosineLimits {
  const near = Math.min(0.98, Math.max(0.6, randomPairCosine(input, 0.999, seed)));
  return { near, far: near + 0.5 * (1 - near), chain: near + 0.3 * (1 - near) };
}

/** Groups photos into units; photos nothing ties together are units of one. Units are numbered by their first photo. */
export function findUnits(input: UnitInput, limits: CosineLimits): Units {
  const numPhotos = input.features.rows;
  const parents = createSets(numPhotos);
  for (const [a, b] of pairsOfCopies(input, limits)) join(parents, a, b);
  for (const [a, b] of pairsOfShots(input, limits)) join(parents, a, b);
  const members = new Map<number, number[]>();
  for (let photo = 0; photo < numPhotos; photo++) {
    const root = find(parents, photo);
    const list = members.get(root);
    if (list) list.push(photo);
    else members.set(root, [photo]);
  }
  const units = [...members.values()].flatMap((photos) => cutChain(photos, input, limits.chain));
  units.sort((a, b) => Math.min(...a.photos) - Math.min(...b.photos));
  const unitIndex = new Int32Array(numPhotos);
  units.forEach(({ photos }, unit) => photos.forEach((photo) => (unitIndex[photo] = unit)));
  return {
    numUnits: units.length,
    unitIndex,
    representatives: Int32Array.from(units, ({ medoid }) => medoid),
    sizes: Int32Array.from(units, ({ photos }) => photos.length),
    weights: Float32Array.from(units, ({ photos }) => Math.min(MAX_WEIGHT, 1 + Math.log2(photos.length))),
  };
}

/** Step 0 of the method: finds units, by limits that fit the trunk. */
export function joinUnits(input: UnitInput, seed: number): Units {
  return findUnits(input, calibrateLimits(input, seed));
}

interface Unit {
  photos: number[];
  medoid: number;
}

/** Union-find follows chains (a pan over a valley is one chain); a member too far from the medoid starts a unit of its own. */
function cutChain(photos: number[], input: UnitInput, limit: number): Unit[] {
  const units: Unit[] = [];
  for (let rest = photos; rest.length > 0;) {
    const medoid = medoidOf(rest, input.features);
    const isKept = (photo: number): boolean =>
      photo === medoid || isSameFile(photo, medoid, input) || cosineOf(input.features, photo, medoid) >= limit;
    units.push({ photos: rest.filter(isKept), medoid });
    rest = rest.filter((photo) => !isKept(photo));
  }
  return units;
}

function isSameFile(a: number, b: number, { contentHashes, pairKeys }: UnitInput): boolean {
  const isEqual = (values?: readonly (string | null)[]): boolean => values?.[a] != null && values[a] === values[b];
  return isEqual(contentHashes) || isEqual(pairKeys);
}

/** The member with the largest mean cosine to the others; of large units only 64 members are compared. */
function medoidOf(photos: number[], features: Matrix | PackedMatrix): number {
  if (photos.length <= 2) return photos[0]!;
  const step = Math.ceil(photos.length / 64);
  const sample = photos.filter((_, index) => index % step === 0);
  let best = photos[0]!;
  let bestSum = -Infinity;
  for (const photo of sample) {
    const sum = sample.reduce((total, other) => total + cosineOf(features, photo, other), 0);
    if (sum > bestSum + 1e-9) [best, bestSum] = [photo, sum];
  }
  return best;
}
