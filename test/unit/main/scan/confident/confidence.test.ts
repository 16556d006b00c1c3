import { describe, expect, it } from 'vitest';

import { assessConfidence, certaintyOf } from '@main/scan/confident/confidence';
import { createRandom } from '@shared/random';

/** Photos of two groups; the first `numMixed` have neighbours in both. Ranks 0–3 are trained on, ranks 4–7 testify. */
function twoGroups(numPhotos: number, numMixed: number) {
  const random = createRandom(3);
  const labels = Int32Array.from({ length: numPhotos }, (_, photo) => photo % 2);
  const indices = Int32Array.from({ length: numPhotos * 8 }, (_, at) => {
    const photo = Math.floor(at / 8);
    const group = photo < numMixed ? at % 2 : labels[photo]!;
    return 2 * random.int(numPhotos / 2) + group;
  });
  const neighbors = { numPhotos, numNeighbors: 8, indices, similarities: new Float32Array(indices.length).fill(0.5) };
  const probs = Float32Array.from({ length: numPhotos * 2 }, (_, at) => (labels[at >> 1] === at % 2 ? 0.99 : 0.01));
  return { labels, neighbors, probs, numGroups: 2, numNeighbors: 4 };
}

describe('assessConfidence', () => {
  it('is sure where neighbours that were not trained on agree, and not where they do not', () => {
    const found = assessConfidence(twoGroups(200, 60));
    expect(found.confidences[150]).toBeGreaterThan(0.8);
    expect(found.confidences[10]).toBeLessThan(0.7);
    expect(found.agreements[10]).toBeCloseTo(0.5, 5);
  });

  it('softens an over-confident head until it says as much as the neighbours do', () => {
    const found = assessConfidence(twoGroups(200, 60));
    const meanAgreement = found.agreements.reduce((sum, a) => sum + a, 0) / 200;
    expect(found.temperature).toBeGreaterThan(1);
    expect(found.confidences[150]! ** 2).toBeCloseTo(meanAgreement, 3);
  });

  it('sends isolated photos and what nobody supports to Unsorted, and remembers where they would go', () => {
    const input = twoGroups(200, 0);
    const isolated = new Uint8Array(200);
    isolated[7] = 1;
    input.labels[8] = 1;
    input.probs.set([0.9, 0.1], 16);
    const found = assessConfidence({ ...input, isolated });
    expect(found.labels[7]).toBe(-1);
    expect(found.nearestGroups[7]).toBe(1);
    expect(found.labels[8]).toBe(-1);
    expect(found.labels[9]).toBe(1);
  });

  it('doubts a photo whose neighbours agree but are far', () => {
    const input = twoGroups(200, 0);
    const before = assessConfidence(input).confidences;
    input.neighbors.similarities.fill(0.2, 7 * 8, 8 * 8);
    input.neighbors.similarities.fill(0.4, 9 * 8, 10 * 8);
    const found = assessConfidence(input);
    // The middle photo's similarity is 0.5: 0.2 is 4/7 of the least that counts as near, and 0.4 is near.
    expect(found.confidences[7]! / before[7]!).toBeCloseTo(4 / 7, 5);
    expect(found.confidences[9]).toBe(before[9]);
  });

  it('has three words', () => {
    expect([0.8, 0.79, 0.5, 0.49].map(certaintyOf)).toEqual(['sure', 'likely', 'likely', 'unsure']);
  });
});
