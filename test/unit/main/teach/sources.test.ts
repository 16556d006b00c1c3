import { describe, expect, it } from 'vitest';

import { type Said, sourcesOf } from '@main/teach/sources';

/**
 * Eight photos that the run put into one group, two a leaf; leaves 0 and 1 are most alike, then 2 and 3. A ninth is in no group. The nearest of
 * each are those of its own four.
 */
const TREE = {
  leaves: Int32Array.of(0, 0, 1, 1, 2, 2, 3, 3, -1),
  merges: [
    { a: 0, b: 1, height: 3 },
    { a: 2, b: 3, height: 2 },
    { a: 0, b: 2, height: 1.1 },
  ],
  neighbors: Int32Array.from([1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2, 5, 6, 7, 4, 6, 7, 4, 5, 7, 4, 5, 6, -1, -1, -1]),
  numNeighbors: 3,
};
const [OLD, NEW] = [0, 1];

function massOf(said: Partial<Said>): number[][] {
  const nothing: Said = {
    byRun: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, -1),
    ...{ placed: new Map(), isRefused: () => false, divided: new Set() },
  };
  return sourcesOf(TREE, { ...nothing, ...said }, 2).map((mass) => [...mass]);
}

describe('sourcesOf', () => {
  it('lets every photo speak for the group that the run put it into', () => {
    expect(massOf({})).toEqual([
      [1, 1, 1, 1, 1, 1, 1, 1, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('lets a photo speak for where the person placed it, and not for a group that it was taken out of', () => {
    const mass = massOf({ placed: new Map([[8, NEW]]), isRefused: (unit, column) => unit === 0 && column === OLD });
    expect(mass).toEqual([
      [0, 1, 1, 1, 1, 1, 1, 1, 0],
      [0, 0, 0, 0, 0, 0, 0, 0, 1],
    ]);
  });

  it('lets those that the person placed speak for all that are nearest to them in the tree, in a group that they took apart', () => {
    const placed = new Map([
      [0, OLD],
      [6, NEW],
    ]);
    expect(massOf({ placed, divided: new Set([OLD]) })).toEqual([
      [4, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 4, 0, 0],
    ]);
  });

  it('believes the run about a group from which one photo was moved', () => {
    expect(massOf({ placed: new Map([[6, NEW]]) })).toEqual([
      [1, 1, 1, 1, 1, 1, 0, 1, 0],
      [0, 0, 0, 0, 0, 0, 1, 0, 0],
    ]);
  });

  it('lets photos that were moved together speak for those that are nearest to two of them', () => {
    const placed = new Map([
      [6, NEW],
      [7, NEW],
    ]);
    expect(massOf({ placed })).toEqual([
      [1, 1, 1, 1, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 2, 2, 0],
    ]);
  });

  it('loses no photo of a group that was taken apart without a word about any of its photos in the tree', () => {
    const placed = new Map([[8, NEW]]);
    const byRun = new Int32Array(9);
    const [old, made] = massOf({ byRun, placed, divided: new Set([OLD]) });
    expect(old!.concat(made!).reduce((sum, value) => sum + value, 0)).toBe(9);
  });
});
