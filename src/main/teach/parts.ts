import { rowOf } from '../ml/matrix';
import { meanVector } from './teach';
import type { TeachModel } from './teach-model';

/** A bunch of photos of one group that are more like each other than like the rest. */
export interface Part {
  units: number[];
  /** The nearest to its middle first, at most {@link NUM_CENTRAL}. */
  central: number[];
}

export const NUM_CENTRAL = 4;
const MAX_PARTS = 4;
const UNITS_A_PART = 150;
const ROUNDS = 4;

/** Parts of a group by k-means on the sphere, started from photos far from each other: equal groups have equal parts. Largest first. */
export function partsOf(model: TeachModel, units: readonly number[]): Part[] {
  const count = Math.min(MAX_PARTS, Math.max(2, Math.round(units.length / UNITS_A_PART)));
  let centers = spreadCenters(model, units, count);
  let owners = new Int32Array(units.length);
  for (let round = 0; round < ROUNDS; round++) {
    owners = Int32Array.from(units, (unit) => nearest(rowOf(model.vectors, unit), centers));
    centers = centers.map((center, part) => {
      const own = units.filter((_, index) => owners[index] === part);
      return own.length === 0 ? center : meanVector(model, own);
    });
  }
  return centers
    .map((center, part) => {
      const own = units.filter((_, index) => owners[index] === part);
      return { units: own, central: centralUnits(model, own, center) };
    })
    .filter((part) => part.units.length > 0)
    .sort((a, b) => b.units.length - a.units.length || a.units[0]! - b.units[0]!);
}

/** The units nearest to a middle, nearest first. */
export function centralUnits(
  model: TeachModel,
  units: readonly number[],
  center = meanVector(model, units),
  count = NUM_CENTRAL,
): number[] {
  const likeness = new Map(units.map((unit) => [unit, dot(rowOf(model.vectors, unit), center)]));
  return [...units].sort((a, b) => likeness.get(b)! - likeness.get(a)! || a - b).slice(0, count);
}

/** The middle of all, then always the one that is farthest from those chosen: of a sample, which outliers do not lead. */
function spreadCenters(model: TeachModel, units: readonly number[], count: number): Float32Array[] {
  // The middle half, seen from the mean, holds no outliers.
  const middle = centralUnits(model, units, undefined, Math.ceil(units.length / 2));
  const centers = [Float32Array.from(rowOf(model.vectors, middle[0]!))];
  while (centers.length < count) {
    let farthest = middle[0]!;
    let least = Infinity;
    for (const unit of middle) {
      const row = rowOf(model.vectors, unit);
      const likeness = Math.max(...centers.map((center) => dot(row, center)));
      if (likeness < least) [farthest, least] = [unit, likeness];
    }
    centers.push(Float32Array.from(rowOf(model.vectors, farthest)));
  }
  return centers;
}

function nearest(row: Float32Array, centers: readonly Float32Array[]): number {
  let best = 0;
  let most = -Infinity;
  centers.forEach((center, index) => {
    const likeness = dot(row, center);
    if (likeness > most) [best, most] = [index, likeness];
  });
  return best;
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}
