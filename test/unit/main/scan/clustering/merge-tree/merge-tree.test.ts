import { describe, expect, it } from 'vitest';

import { addMatched, matchClusters, meanPairwiseAri } from '@main/scan/clustering/heads/consensus';
import { errorOfDifference, judgeLabels, judgingRanks } from '@main/scan/clustering/choosing/judge';
import {
  applyCut,
  cutTree,
  cutTreeAt,
  growTree,
  linkClusters,
  listStops,
  sumProbs,
  topGroups,
} from '@main/scan/clustering/merge-tree/merge-tree';
import { argmaxRows } from '@main/scan/math/probs';
import { createRandom } from '@shared/random';

/** Photos in a ring of clusters: neighbours are mostly in the own cluster, else in the cluster's twin (2k and 2k + 1). */
function twins(numClusters: number, photosEach: number, numNeighbors = 6) {
  const random = createRandom(5);
  const numPhotos = numClusters * photosEach;
  const indices = new Int32Array(numPhotos * numNeighbors);
  const probs = new Float32Array(numPhotos * numClusters);
  for (let photo = 0; photo < numPhotos; photo++) {
    const own = Math.floor(photo / photosEach);
    probs[photo * numClusters + own] = 1;
    for (let k = 0; k < numNeighbors; k++) {
      const roll = random.uniform();
      const cluster = roll < 0.6 ? own : roll < 0.95 ? own ^ 1 : random.int(numClusters);
      indices[photo * numNeighbors + k] = cluster * photosEach + random.int(photosEach);
    }
  }
  const offsets = Int32Array.from({ length: numPhotos + 1 }, (_, i) => i * numNeighbors);
  const weights = new Float32Array(indices.length).fill(1);
  const labels = Int32Array.from({ length: numPhotos }, (_, photo) => Math.floor(photo / photosEach));
  const neighbors = { numPhotos, numNeighbors, indices, similarities: weights };
  return { probs, labels, edges: { offsets, indices, weights }, neighbors };
}

describe('the merge tree', () => {
  const { probs, labels, edges, neighbors } = twins(8, 40);
  const links = linkClusters(probs, 8, edges);
  const tree = growTree(links, 8);

  it('has links that are symmetric and add up to 1', () => {
    expect(links.reduce((sum, link) => sum + link, 0)).toBeCloseTo(1, 10);
    for (let a = 0; a < 8; a++) for (let b = 0; b < 8; b++) expect(links[a * 8 + b]).toBe(links[b * 8 + a]);
  });

  it('survives a round trip through JSON', () => {
    expect(cutTree(JSON.parse(JSON.stringify(tree)), 1)).toEqual(cutTree(tree, 1));
  });

  it('joins twins at detail 1 and nothing else', () => {
    expect([...cutTree(tree, 1).groupByCluster]).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  it('gives nested groups: more detail only ever splits', () => {
    const cuts = [0.05, 0.2, 1, 2, 3, 9].map((detail) => cutTree(tree, detail));
    for (let i = 1; i < cuts.length; i++) {
      expect(cuts[i]!.numGroups).toBeGreaterThanOrEqual(cuts[i - 1]!.numGroups);
      const parents = new Map<number, number>();
      cuts[i]!.groupByCluster.forEach((group, cluster) => {
        const parent = cuts[i - 1]!.groupByCluster[cluster]!;
        expect(parents.get(group) ?? parent).toBe(parent);
        parents.set(group, parent);
      });
    }
  });

  it('merges at heights that never rise', () => {
    const heights = tree.merges.map(({ height }) => height);
    expect(heights).toHaveLength(7);
    for (let i = 1; i < heights.length; i++) expect(heights[i]).toBeLessThanOrEqual(heights[i - 1]! + 1e-12);
  });

  it('passes through groups already chosen at detail 1, and stays nested around them', () => {
    const chosen = [0, 0, 0, 0, 1, 1, 2, 3];
    const through = growTree(links, 8, chosen);
    expect([...cutTree(through, 1).groupByCluster]).toEqual(chosen);
    expect(cutTree(through, 2).numGroups).toBeGreaterThan(4);
    expect([...cutTree(through, 0.99).groupByCluster]).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
  });

  it('lists a detail for every number of groups, the chosen one at detail 1', () => {
    const through = growTree(links, 8, [0, 0, 0, 0, 1, 1, 2, 3]);
    const stops = listStops(through);
    expect(stops.at(-1)).toMatchObject({ numGroups: 8 });
    expect(stops).toContainEqual({ detail: 1, numGroups: 4 });
    for (const { detail, numGroups } of stops) expect(cutTree(through, detail).numGroups).toBe(numGroups);
    for (let i = 1; i < stops.length; i++) {
      expect(stops[i]!.detail).toBeGreaterThan(stops[i - 1]!.detail);
      expect(stops[i]!.numGroups).toBe(stops[i - 1]!.numGroups + 1);
    }
  });

  it('cuts at a number of groups', () => {
    for (const wanted of [1, 3, 8]) expect(cutTreeAt(tree, wanted).numGroups).toBe(wanted);
  });

  it('leaves a cluster alone, and joins the rest of its branch without it', () => {
    const merges = [
      { a: 0, b: 1, height: 3 },
      { a: 0, b: 2, height: 2 },
      { a: 0, b: 3, height: 1 },
    ];
    const tree = { numClusters: 4, merges };
    expect([...cutTree(tree, 0, { alone: [0] }).groupByCluster]).toEqual([0, 1, 1, 1]);
    expect([...cutTree(tree, 1.5, { alone: [0] }).groupByCluster]).toEqual([0, 1, 1, 2]);
    expect([...cutTree(tree, 0, { alone: [0], together: [[0, 3]] }).groupByCluster]).toEqual([0, 1, 1, 0]);
    expect(listStops(tree, { alone: [0] }).map(({ numGroups }) => numGroups)).toEqual([2, 3, 4]);
  });

  it('keeps apart what a person keeps apart, and together what a person merged', () => {
    const apart = cutTree(tree, 1, { apart: [[0, 1]] }).groupByCluster;
    expect(apart[0]).not.toBe(apart[1]);
    const veto = cutTreeAt(tree, 1, { apart: [[0, 1]] });
    expect(veto.numGroups).toBe(2);
    const together = cutTree(tree, 9, { together: [[0, 5]] }).groupByCluster;
    expect(together[0]).toBe(together[5]);
  });

  it('sums probabilities and relabels photos by group', () => {
    const cut = cutTree(tree, 1);
    const sums = sumProbs(probs, 8, cut);
    const relabelled = applyCut(labels, cut);
    relabelled.forEach((group, photo) => expect(sums[photo * 4 + group]).toBe(1));
  });

  it('finds the most probable group of a photo as the sums of all photos have it, ties included', () => {
    const random = createRandom(2);
    // Quarters, so that sums are often equal.
    const mixed = Float32Array.from({ length: 500 * 8 }, () => random.int(4) / 4);
    for (const detail of [0.05, 1, 9]) {
      const cut = cutTree(tree, detail);
      expect(topGroups(mixed, 8, cut)).toEqual(argmaxRows(sumProbs(mixed, 8, cut), cut.numGroups));
    }
  });

  it('is judged best at the cut that made the neighbours', () => {
    const scores = [8, 4, 2, 1].map(
      (wanted) => judgeLabels(applyCut(labels, cutTreeAt(tree, wanted)), neighbors, { from: 0, to: 6 }).modularity,
    );
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
    expect(scores[3]).toBeCloseTo(0, 12);
  });

  it('reads 400 clusters within the slider budget of 100 ms', () => {
    const random = createRandom(1);
    const size = 400;
    const big = new Float64Array(size * size);
    for (let a = 0; a < size; a++)
      for (let b = 0; b <= a; b++) big[a * size + b] = big[b * size + a] = random.uniform() ** 8;
    const total = big.reduce((sum, link) => sum + link, 0);
    const grown = growTree(
      big.map((link) => link / total),
      size,
    );
    const started = performance.now();
    cutTree(grown, 0.5, { apart: [[1, 2]] });
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('the judge', () => {
  it('gives photos without a group no credit', () => {
    const neighbors = {
      numPhotos: 4,
      numNeighbors: 1,
      indices: Int32Array.from([1, 0, 3, 2]),
      similarities: new Float32Array(4),
    };
    const all = judgeLabels([0, 0, 1, 1], neighbors, { from: 0, to: 1 });
    expect(all.modularity).toBeCloseTo(0.5, 12);
    const some = judgeLabels([0, 0, -1, -1], neighbors, { from: 0, to: 1 });
    expect(some.modularity).toBeCloseTo(0.25, 12);
  });

  it('tells two groupings apart by the photos they differ in, however unsure each is by itself', () => {
    const numPhotos = 400;
    const random = createRandom(3);
    const indices = Int32Array.from({ length: numPhotos * 4 }, (_, at) =>
      random.uniform() < 0.7 ? 5 * random.int(numPhotos / 5) + (Math.floor(at / 4) % 5) : random.int(numPhotos),
    );
    const judge = (labels: readonly number[]) => judgeLabels(labels, listsOf(numPhotos, indices), { from: 0, to: 4 });
    const one = Array.from({ length: numPhotos }, (_, photo) => photo % 5);
    const other = one.with(0, 3);
    expect(errorOfDifference(judge(one), judge(one))).toBe(0);
    const { influence } = judge(one);
    const alone = errorOfDifference({ ...judge(one), influence }, { ...judge(one), influence: influence.map(() => 0) });
    expect(errorOfDifference(judge(one), judge(other))).toBeGreaterThan(0);
    expect(errorOfDifference(judge(one), judge(other))).toBeLessThan(alone / 5);
  });

  it('scores by the geometric mean of modularity and surprise', () => {
    expect(scoreBy(0.7, 0.2)).toBeGreaterThan(scoreBy(0.6, 0.2));
    const { numPhotos, indices } = pairsOfFour();
    const labels = Array.from({ length: numPhotos }, (_, photo) => (photo < 30 ? 0 : photo < 50 ? 1 : 2));
    const found = judgeLabels(labels, listsOf(numPhotos, indices), { from: 0, to: 4 });
    expect(found.score).toBeCloseTo(scoreBy(found.together, found.expected), 12);
    expect(judgeLabels(new Int32Array(numPhotos), listsOf(numPhotos, indices), { from: 0, to: 4 }).score).toBe(0);
  });

  it('says what each photo adds to the score, to first order', () => {
    const { numPhotos, indices } = pairsOfFour();
    const labels = Array.from({ length: numPhotos }, (_, photo) => (photo < 30 ? 0 : photo < 50 ? 1 : 2));
    const found = judgeLabels(labels, listsOf(numPhotos, indices), { from: 0, to: 4 });
    // Photo 0 loses a neighbour of its own group to another group: its influence falls by N times what the score falls.
    const changed = indices.slice();
    changed.set([1, 2, 3, 4], 0);
    const before = judgeLabels(labels, listsOf(numPhotos, changed), { from: 0, to: 4 });
    changed[3] = 60;
    const after = judgeLabels(labels, listsOf(numPhotos, changed), { from: 0, to: 4 });
    expect((before.influence[0]! - after.influence[0]!) / numPhotos).toBeCloseTo(before.score - after.score, 3);
    // Two photos with equal neighbours differ by the sizes of their groups alone: 2·(q_a − q_b)·∂score/∂e.
    const step = 1e-6;
    const byExpected =
      (scoreBy(found.together, found.expected + step) - scoreBy(found.together, found.expected - step)) / (2 * step);
    const same = indices.slice();
    same.set([1, 2, 3, 4], 0);
    same.set([31, 32, 33, 34], 30 * 4);
    const { influence, together, expected } = judgeLabels(labels, listsOf(numPhotos, same), { from: 0, to: 4 });
    expect(expected).toBeCloseTo(found.expected, 12);
    expect(together).toBeCloseTo(found.together, 1);
    expect(influence[0]! - influence[30]!).toBeCloseTo(2 * (30 / 80 - 20 / 80) * byExpected, 1);
  });

  it('asks ranks K+1 to 3K, and fewer in a small library', () => {
    const lists = (numPhotos: number, numNeighbors: number) =>
      listsOf(numPhotos, new Int32Array(numPhotos * numNeighbors));
    expect(judgingRanks(lists(2000, 45), 15)).toEqual({ from: 15, to: 45 });
    expect(judgingRanks(lists(200, 18), 6)).toEqual({ from: 6, to: 12 });
    expect(judgingRanks(lists(60, 15), 5)).toEqual({ from: 1, to: 3 });
  });
});

/** √((t − e)·D), written down once more. */
function scoreBy(t: number, e: number): number {
  return Math.sqrt((t - e) * (t * Math.log(t / e) + (1 - t) * Math.log((1 - t) / (1 - e))));
}

function listsOf(numPhotos: number, indices: Int32Array) {
  const numNeighbors = indices.length / numPhotos;
  return { numPhotos, numNeighbors, indices, similarities: new Float32Array(indices.length) };
}

/** Four neighbours of each of 80 photos: three of the next ones, one at random. */
function pairsOfFour(): { numPhotos: number; indices: Int32Array } {
  const numPhotos = 80;
  const random = createRandom(4);
  const indices = Int32Array.from({ length: numPhotos * 4 }, (_, at) =>
    at % 4 === 3 ? random.int(numPhotos) : (Math.floor(at / 4) + 1 + (at % 4)) % numPhotos,
  );
  return { numPhotos, indices };
}

describe('consensus', () => {
  it('undoes a permutation of clusters', () => {
    const random = createRandom(2);
    const numClusters = 5;
    const probs = Float32Array.from({ length: 50 * numClusters }, (_, i) =>
      i % numClusters === Math.floor(i / numClusters) % 5 ? 0.8 : 0.05,
    );
    const order = random.permutation(numClusters);
    const permuted = probs.map((_, i) => probs[i - (i % numClusters) + order[i % numClusters]!]!);
    const mean = new Float32Array(probs.length);
    for (const head of [probs, permuted]) addMatched(mean, head, matchClusters(probs, head, numClusters), 2);
    mean.forEach((value, i) => expect(value).toBeCloseTo(probs[i]!, 6));
    expect(meanPairwiseAri([probs, permuted].map((head) => argmaxRows(head, numClusters)))).toBeCloseTo(1, 12);
  });
});
