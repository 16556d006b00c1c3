import { describe, expect, it } from 'vitest';

import { placeByVotes } from '@main/scan/after/place-by-votes';

const K = 4;

/**
 * Photos 0–9 are of group 0, 10–19 of group 1; what each new photo's neighbours are is said by the test. Ranks 0–3 were trained on,
 * ranks 4–7 testify: both are the same photos here.
 */
function library(neighborsOfNew: readonly (readonly number[])[], proposedOfNew: readonly number[]) {
  const numOld = 20;
  const numPhotos = numOld + neighborsOfNew.length;
  const indices = new Int32Array(numPhotos * 2 * K).fill(-1);
  for (let photo = 0; photo < numPhotos; photo++) {
    const others =
      photo < numOld
        ? [1, 2, 3, 4].map((step) => 10 * Math.floor(photo / 10) + ((photo + step) % 10))
        : neighborsOfNew[photo - numOld]!;
    indices.set([...others, ...others], photo * 2 * K);
  }
  const labels = Int32Array.from({ length: numPhotos }, (_, photo) => (photo < numOld ? Math.floor(photo / 10) : -1));
  const probs = new Float32Array(numPhotos * 2);
  labels.forEach((label, photo) => (probs[photo * 2 + (label >= 0 ? label : proposedOfNew[photo - numOld]!)] = 1));
  return {
    ...{ probs, numGroups: 2, labels, numNeighbors: K },
    trusted: {
      offsets: Int32Array.from({ length: numPhotos + 1 }, (_, photo) => photo * K),
      indices: Int32Array.from({ length: numPhotos * K }, (_, at) => indices[Math.floor(at / K) * 2 * K + (at % K)]!),
      weights: new Float32Array(numPhotos * K).fill(0.5),
      isolated: new Uint8Array(numPhotos),
    },
    ...{ newPhotos: neighborsOfNew.map((_, index) => numOld + index), isAllowed: () => true },
    neighbors: { numPhotos, numNeighbors: 2 * K, indices, similarities: new Float32Array(indices.length).fill(0.5) },
  };
}

describe('placeByVotes', () => {
  it('puts a new photo where head and neighbours agree, and moves no other', () => {
    const input = library([[0, 1, 2, 3]], [0]);
    const { labels, confidences } = placeByVotes(input);
    expect(labels[20]).toBe(0);
    expect(confidences[20]).toBeGreaterThan(0.8);
    expect(labels.subarray(0, 20)).toEqual(input.labels.subarray(0, 20));
  });

  it('leaves a photo in no group whose neighbours are elsewhere', () => {
    expect(placeByVotes(library([[10, 11, 12, 13]], [0])).labels[20]).toBe(-1);
  });

  it('takes the group that both speak for, not the one that the head alone thinks of first', () => {
    const input = library([[10, 11, 12, 13]], [0]);
    input.probs.set([0.52, 0.48], 40);
    const { labels } = placeByVotes(input);
    expect(labels[20]).toBe(1);
    expect(placeByVotes({ ...input, isAllowed: (_photo, group) => group !== 1 }).labels[20]).toBe(-1);
  });

  it('does not let photos of an unknown kind vote each other into the group that the head sends them to', () => {
    const crowd = [20, 21, 22, 23, 24];
    const neighbors = crowd.map((photo) => crowd.filter((other) => other !== photo));
    const { labels } = placeByVotes(library(neighbors, [1, 1, 1, 1, 1]));
    expect([...labels.subarray(20)]).toEqual([-1, -1, -1, -1, -1]);
  });

  it('leaves them in no group also where those that come next to them are all in one', () => {
    const crowd = [20, 21, 22, 23, 24];
    const input = library(
      crowd.map((photo) => crowd.filter((other) => other !== photo)),
      [1, 1, 1, 1, 1],
    );
    // Ranks 4–7, which testify, are photos of group 1.
    for (const photo of crowd) input.neighbors.indices.set([10, 11, 12, 13], photo * 2 * K + K);
    expect([...placeByVotes(input).labels.subarray(20)]).toEqual([-1, -1, -1, -1, -1]);
  });

  it('lets new photos vote once they were voted in', () => {
    // The second knows an old photo and the first; the third knows these two alone.
    const { labels, confidences } = placeByVotes(
      library(
        [
          [0, 1, 2, 3],
          [20, 4, 11, 12],
          [20, 20, 21, 21],
        ],
        [0, 0, 0],
      ),
    );
    expect([...labels.subarray(20)]).toEqual([0, 0, 0]);
    expect(confidences[22]).toBeGreaterThan(0.8);
  });

  it('leaves a photo without trusted neighbours in no group', () => {
    const input = library([[0, 1, 2, 3]], [0]);
    input.trusted.isolated[20] = 1;
    expect(placeByVotes(input).labels[20]).toBe(-1);
  });
});
