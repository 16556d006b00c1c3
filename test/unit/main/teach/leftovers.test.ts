import { describe, expect, it } from 'vitest';

import { leftoversOf } from '@main/teach/leftovers';

const NUM_NEIGHBORS = 8;

/** Every unit of a set has the others of the set as its nearest, then units of 0–19, which are in groups. */
function withSets(sets: readonly (readonly number[])[], numUnits: number) {
  const neighbors = new Int32Array(numUnits * NUM_NEIGHBORS);
  for (let unit = 0; unit < numUnits; unit++) {
    const own = sets.find((set) => set.includes(unit))?.filter((other) => other !== unit) ?? [];
    const others = Array.from({ length: NUM_NEIGHBORS }, (_, step) => (unit + step + 1) % 20);
    neighbors.set([...own, ...others].slice(0, NUM_NEIGHBORS), unit * NUM_NEIGHBORS);
  }
  return { neighbors, numNeighbors: NUM_NEIGHBORS };
}

describe('leftoversOf', () => {
  const isLeft = (unit: number): boolean => unit >= 20;

  it('finds sets of photos that are near to each other and in no group, the largest first', () => {
    const sets = [
      [20, 21, 22, 23],
      [24, 25, 26, 27, 28, 29],
    ];
    expect(leftoversOf(withSets(sets, 32), isLeft, 4).map((set) => set.sort((a, b) => a - b))).toEqual([
      sets[1],
      sets[0],
    ]);
  });

  it('leaves out sets smaller than a group, and photos that are in one', () => {
    expect(leftoversOf(withSets([[20, 21, 22]], 24), isLeft, 4)).toEqual([]);
    expect(leftoversOf(withSets([[2, 3, 4, 5]], 24), isLeft, 4)).toEqual([]);
  });

  it('leaves out photos that are nearer to others than to each other', () => {
    const model = withSets([[20, 21, 22, 23]], 24);
    // The same neighbours, with those in groups first.
    for (const unit of [20, 21, 22, 23]) model.neighbors.subarray(unit * 8, unit * 8 + 8).reverse();
    expect(leftoversOf(model, isLeft, 4)).toEqual([]);
  });
});
