import { describe, expect, it } from 'vitest';

import { growLeaves, probsOfLeaves } from '@main/scan/clustering/merge-tree/leaves';
import { argmaxRows } from '@main/scan/math/probs';
import { createRandom } from '@shared/random';

const numPhotos = 200;
const numGroups = 3;
const numFine = 7;

/** Random probabilities that add up to 1. */
function draw(seed: number, columns: number): Float32Array {
  const random = createRandom(seed);
  const probs = Float32Array.from({ length: numPhotos * columns }, () => random.uniform() ** 4);
  for (let row = 0; row < probs.length; row += columns) {
    const total = probs.subarray(row, row + columns).reduce((sum, p) => sum + p, 0);
    for (let c = row; c < row + columns; c++) probs[c]! /= total;
  }
  return probs;
}

describe('leaves', () => {
  const sources = { groupProbs: draw(1, numGroups), numGroups, fineProbs: draw(2, numFine), numFine };
  const { leaves, probs } = growLeaves(sources, 8);

  it('add up to their groups', () => {
    for (let photo = 0; photo < numPhotos; photo++) {
      const sums = new Float64Array(numGroups);
      leaves.groupByLeaf.forEach((group, leaf) => (sums[group]! += probs[photo * leaves.numLeaves + leaf]!));
      sums.forEach((sum, group) => expect(sum).toBeCloseTo(sources.groupProbs[photo * numGroups + group]!, 5));
    }
  });

  it('hold each photo in the most probable leaf of its own group', () => {
    const groups = argmaxRows(sources.groupProbs, numGroups);
    leaves.leafByPhoto.forEach((leaf, photo) => {
      expect(leaves.groupByLeaf[leaf]).toBe(groups[photo]);
      const own = probs.subarray(photo * leaves.numLeaves, (photo + 1) * leaves.numLeaves);
      const inGroup = own.filter((_, other) => leaves.groupByLeaf[other] === groups[photo]);
      expect(own[leaf]).toBe(Math.max(...inGroup));
    });
  });

  it('are one a group where none is large enough', () => {
    expect([...growLeaves(sources, numPhotos).leaves.groupByLeaf]).toEqual([0, 1, 2]);
  });

  it('give the same probabilities again from what is kept of them', () => {
    expect(probsOfLeaves(sources, leaves)).toEqual(probs);
  });
});
