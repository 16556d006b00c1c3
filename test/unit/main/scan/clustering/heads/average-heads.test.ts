import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { averageAgain, averageHeads, bestFirst } from '@main/scan/clustering/heads/average-heads';
import { addMatched, matchClusters } from '@main/scan/clustering/heads/consensus';
import { predictProbs, type Heads } from '@main/scan/clustering/heads/heads';
import { createViewSet, normalizeRows } from '@main/scan/math/matrix';
import { createRandom, normalValues } from '@shared/random';

import { openTestEngines, type TestEngine } from '../../engines';

let engines: TestEngine[] = [];
beforeAll(async () => void (engines = await openTestEngines(['wasm'])));
afterAll(() => engines.forEach(({ close }) => close()));

function makeHeads(numHeads: number, width: number, numClusters: number): Heads {
  const random = createRandom(3);
  return {
    ...{ numHeads, width, numClusters },
    weights: normalValues(random, numHeads * width * numClusters, 1),
    biases: normalValues(random, numHeads * numClusters, 0.1),
    selectionLoss: Float32Array.from({ length: numHeads }, (_, head) => (head === 2 ? 0 : 1 + head)),
    deadClusters: new Int32Array(numHeads),
  };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a).toHaveLength(b.length);
  let most = 0;
  for (let at = 0; at < a.length; at++) most = Math.max(most, Math.abs(a[at]! - b[at]!));
  return most;
}

describe('the mean over heads', () => {
  it.each([
    ['predicted all at once', 60, 7],
    // Six heads of 30,000 photos and 30 clusters are more than are predicted at once.
    ['predicted some at a time', 30_000, 30],
  ])('is that of heads that predict one by one, %s', async (_, numPhotos, numClusters) => {
    const [{ engine }] = engines as [TestEngine];
    const width = 4;
    const heads = makeHeads(6, width, numClusters);
    const values = normalizeRows(normalValues(createRandom(4), 2 * numPhotos * width, 1), width);
    const features = createViewSet(2, numPhotos, width, values);
    const order = bestFirst(heads);
    expect(order).toEqual([2, 0, 1, 3, 4, 5]);

    const alone = [];
    for (const head of order) alone.push(await predictProbs(engine, heads, features, { head, views: 'mean' }));
    const expected = new Float32Array(numPhotos * numClusters);
    const seen: Float32Array[] = [];
    const { best, mean, matchings } = await averageHeads({ engine, features }, heads, order, (probs) =>
      seen.push(probs.slice()),
    );
    expect(seen).toHaveLength(6);
    alone.forEach((probs, index) => {
      expect(largestDifference(seen[index]!, probs)).toBeLessThan(1e-5);
      expect(matchings[index]).toEqual(matchClusters(best, seen[index]!, numClusters));
      addMatched(expected, probs, matchings[index]!, 6);
    });
    expect(largestDifference(best, seen[0]!)).toBe(0);
    expect(largestDifference(mean, expected)).toBeLessThan(1e-5);
    const again = await averageAgain({ engine, features }, heads, order, matchings);
    expect(largestDifference(again, mean)).toBe(0);
  });
});
