import { describe, expect, it } from 'vitest';

import { smoothProbs } from '@main/scan/clustering/smooth-probs';

describe('smoothProbs', () => {
  const neighbors = {
    numPhotos: 3,
    numNeighbors: 2,
    indices: Int32Array.of(1, 2, 2, 0, -1, -1),
    similarities: new Float32Array(6),
  };
  const probs = Float32Array.of(0.6, 0.4, 0, 1, 0.2, 0.8);

  it('averages a photo with the mean of its first K neighbours', () => {
    const smooth = [...smoothProbs(probs, 2, neighbors, 2)];
    [0.35, 0.65, 0.2, 0.8].forEach((wanted, at) => expect(smooth[at]).toBeCloseTo(wanted, 6));
    expect(smoothProbs(probs, 2, neighbors, 1)[0]).toBeCloseTo(0.3, 6);
  });

  it('leaves a photo without neighbours and the given numbers as they were', () => {
    expect([...smoothProbs(probs, 2, neighbors, 2).subarray(4)]).toEqual([...probs.subarray(4)]);
    expect(probs[0]).toBeCloseTo(0.6, 6);
  });
});
