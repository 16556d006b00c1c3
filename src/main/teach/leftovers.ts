import type { TeachModel } from './teach-model';

/** More are no set that a person can judge at a glance; the next ones are asked about afterwards. */
const MAX_SIZE = 40;
/** Least share of their nearest that are of the set, on average. */
const MIN_TIGHTNESS = 0.5;

/**
 * Finds sets of photos in no group that name each other as neighbours, and hardly anyone else: a kind that nobody has made a group of yet.
 *
 * @param isLeft Whether a unit is in no group, and nobody said that it belongs in none.
 * @param least Fewer units are no group.
 * @returns Units by index, the largest set first; no unit is in two.
 */
export function leftoversOf(
  { neighbors, numNeighbors }: Pick<TeachModel, 'neighbors' | 'numNeighbors'>,
  isLeft: (unit: number) => boolean,
  least: number,
): number[][] {
  const near = (unit: number, count = numNeighbors): number[] => [
    ...neighbors.subarray(unit * numNeighbors, unit * numNeighbors + Math.min(count, numNeighbors)),
  ];
  const left = [...Array(neighbors.length / numNeighbors).keys()].filter(isLeft);
  const mutual = new Map(
    left.map((unit) => [unit, near(unit).filter((other) => other >= 0 && isLeft(other) && near(other).includes(unit))]),
  );
  const used = new Set<number>();
  const found: number[][] = [];
  for (const unit of left.sort((a, b) => mutual.get(b)!.length - mutual.get(a)!.length || a - b)) {
    if (used.has(unit)) continue;
    const units = [unit, ...mutual.get(unit)!.filter((other) => !used.has(other))].slice(0, MAX_SIZE);
    if (units.length < least || tightnessOf(units, near) < MIN_TIGHTNESS) continue;
    units.forEach((other) => used.add(other));
    found.push(units);
  }
  return found.sort((a, b) => b.length - a.length);
}

/** How many of its members' nearest a set holds, of as many as it could. */
function tightnessOf(units: readonly number[], near: (unit: number, count: number) => number[]): number {
  const members = new Set(units);
  const shares = units.map((unit) => {
    const nearest = near(unit, units.length - 1);
    return nearest.filter((other) => members.has(other)).length / nearest.length;
  });
  return shares.reduce((sum, share) => sum + share, 0) / units.length;
}
