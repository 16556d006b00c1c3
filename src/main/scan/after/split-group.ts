/**
 * @file Takes one group apart, for a person who looks on: on plain arrays and in well under a second for 5,000 photos, so that it needs no
 * engine and no run.
 */
import { createMatrix, type Matrix, normalizeRows, rowOf, selectRows } from '../math/matrix';
import { createRandom, deriveSeed, type Random } from '@shared/random';

export const MIN_PARTS = 2;
export const MAX_PARTS = 8;

/** Small parts that photos were put in, and the order in which they join: every number of parts is read from it at once. */
export interface SplitTree {
  /** Small part of each photo. Shape: [N]. */
  leaves: Int32Array;
  numLeaves: number;
  /** `b` joins `a`, the cheapest first; a joined part keeps the number `a`. */
  joins: readonly { a: number; b: number; cost: number }[];
}

/** Photos that Lloyd's steps look at; the others only join what was found. */
const MAX_SAMPLE = 1000;
const MAX_LEAVES = 24;
const NUM_STEPS = 12;
const NUM_STARTS = 2;

/**
 * Finds the tree: spherical k-means into up to 24 small parts, joined again by Ward's criterion (the least rise of the squared distances
 * to the means). Parts of one tree are nested: one more part splits one that was there and leaves the others as they were.
 *
 * @param vectors Rows of length 1. Shape: [N, D], N ≥ 2.
 */
export function growSplitTree(vectors: Matrix, seed: number): SplitTree {
  const numLeaves = Math.min(MAX_LEAVES, Math.max(Math.min(MAX_PARTS, vectors.rows), Math.ceil(vectors.rows / 4)));
  const random = createRandom(deriveSeed(seed, 'split-sample'));
  const isWhole = vectors.rows <= MAX_SAMPLE;
  const sample = isWhole ? vectors : selectRows(vectors, random.permutation(vectors.rows).subarray(0, MAX_SAMPLE));
  let best: { means: Matrix; fit: number } | undefined;
  for (let start = 0; start < NUM_STARTS; start++) {
    const found = sphericalMeans(
      sample,
      spreadStarts(sample, numLeaves, createRandom(deriveSeed(seed, 'split', start))),
    );
    if (!best || found.fit > best.fit) best = found;
  }
  const { labels } = assignToMeans(vectors, best!.means);
  const { leaves, count } = withoutEmpty(labels, numLeaves);
  return { leaves, numLeaves: count, joins: joinByWard(vectors, leaves, count) };
}

/**
 * Reads `numParts` parts from the tree (fewer where the group has fewer different photos).
 *
 * @returns Part of each photo, 0 the largest. Shape: [N].
 */
export function cutSplitTree(tree: SplitTree, numParts: number): Int32Array {
  const partByLeaf = Int32Array.from({ length: tree.numLeaves }, (_, leaf) => leaf);
  for (const { a, b } of tree.joins.slice(0, Math.max(0, tree.numLeaves - numParts))) {
    for (let leaf = 0; leaf < tree.numLeaves; leaf++) if (partByLeaf[leaf] === b) partByLeaf[leaf] = a;
  }
  return largestFirst(tree.leaves.map((leaf) => partByLeaf[leaf]!));
}

/**
 * The number of parts at which the tree says stop: where joining two more would cost far more than the join before did.
 */
export function suggestNumParts({ joins }: SplitTree): number {
  let best = MIN_PARTS;
  let bestRatio = 0;
  for (let numParts = MIN_PARTS; numParts <= Math.min(MAX_PARTS, joins.length); numParts++) {
    const next = joins[joins.length - numParts + 1]!.cost;
    const last = joins[joins.length - numParts]!.cost;
    const ratio = next / Math.max(last, 1e-9);
    if (ratio <= bestRatio) continue;
    bestRatio = ratio;
    best = numParts;
  }
  return best;
}

/**
 * Takes a group apart around photos that a person chose: k-means from those seeds, which never leave their part.
 *
 * Basu, Banerjee and Mooney, Semi-supervised Clustering by Seeding, ICML 2002.
 *
 * @param seedRows One row a part.
 * @returns Part of each photo, in the order of `seedRows`. Shape: [N].
 */
export function splitAround(vectors: Matrix, seedRows: readonly number[]): Int32Array {
  const fixed = new Map(seedRows.map((row, part) => [row, part]));
  const seeds = selectRows(vectors, seedRows);
  return assignToMeans(vectors, sphericalMeans(vectors, seeds, fixed).means, fixed).labels;
}

/** How near each photo is to the mean of its part, −1 … 1. Shape: [N]. */
export function likenessToPart(vectors: Matrix, labels: Int32Array, numParts: number): Float32Array {
  const means = meansOf(vectors, labels, numParts);
  return Float32Array.from(labels, (label, row) => dot(rowOf(vectors, row), rowOf(means, label)));
}

/** Lloyd's steps on the sphere from given starts; a part that empties keeps its mean. `fit`: the mean likeness of photos to their mean. */
function sphericalMeans(
  vectors: Matrix,
  starts: Matrix,
  fixed: ReadonlyMap<number, number> = new Map(),
): { means: Matrix; fit: number } {
  let means = starts;
  let labels = new Int32Array(vectors.rows).fill(-1);
  let fit = 0;
  for (let step = 0; step < NUM_STEPS; step++) {
    const found = assignToMeans(vectors, means, fixed);
    const numMoved = found.labels.reduce((count, label, row) => count + (label === labels[row] ? 0 : 1), 0);
    ({ labels, fit } = found);
    if (numMoved === 0) break;
    means = meansOf(vectors, labels, means.rows, means);
  }
  return { means, fit };
}

/** Starts far from each other: k-means++ with 1 − cosine as the squared distance. */
function spreadStarts(vectors: Matrix, count: number, random: Random): Matrix {
  const chosen: number[] = [random.int(vectors.rows)];
  const distances = new Float64Array(vectors.rows).fill(Infinity);
  while (chosen.length < count) {
    const last = rowOf(vectors, chosen.at(-1)!);
    let total = 0;
    for (let row = 0; row < vectors.rows; row++) {
      distances[row] = Math.min(distances[row]!, Math.max(0, 1 - dot(rowOf(vectors, row), last)));
      total += distances[row]!;
    }
    let left = random.uniform() * total;
    let next = distances.findIndex((distance) => (left -= distance) <= 0 && distance > 0);
    if (next < 0) next = random.int(vectors.rows);
    chosen.push(next);
  }
  return selectRows(vectors, chosen);
}

function assignToMeans(
  vectors: Matrix,
  means: Matrix,
  fixed: ReadonlyMap<number, number> = new Map(),
): { labels: Int32Array<ArrayBuffer>; fit: number } {
  const labels = new Int32Array(vectors.rows);
  let sum = 0;
  for (let row = 0; row < vectors.rows; row++) {
    const vector = rowOf(vectors, row);
    let best = -Infinity;
    for (let part = 0; part < means.rows; part++) {
      const likeness = dot(vector, rowOf(means, part));
      if (likeness <= best) continue;
      best = likeness;
      labels[row] = part;
    }
    sum += best;
    const part = fixed.get(row);
    if (part !== undefined) labels[row] = part;
  }
  return { labels, fit: sum / Math.max(1, vectors.rows) };
}

/** Means scaled to length 1; an empty part keeps the one it had. */
function meansOf(vectors: Matrix, labels: Int32Array, count: number, before?: Matrix): Matrix {
  const { rows, columns, values } = vectors;
  const means = createMatrix(count, columns);
  const sizes = new Int32Array(count);
  for (let row = 0; row < rows; row++) {
    const to = labels[row]! * columns;
    sizes[labels[row]!]! += 1;
    for (let d = 0; d < columns; d++) means.values[to + d]! += values[row * columns + d]!;
  }
  for (let part = 0; part < count; part++) {
    if (sizes[part] === 0 && before) means.values.set(rowOf(before, part), part * columns);
  }
  normalizeRows(means.values, columns);
  return means;
}

/** All joins down to one part. The cost is n_a·n_b/(n_a+n_b)·‖m_a − m_b‖² of the plain means, by Lance and Williams' update. */
function joinByWard(vectors: Matrix, leaves: Int32Array, count: number): SplitTree['joins'] {
  const { columns } = vectors;
  const sizes = new Float64Array(count);
  const sums = createMatrix(count, columns);
  leaves.forEach((leaf, row) => {
    sizes[leaf]! += 1;
    const vector = rowOf(vectors, row);
    for (let d = 0; d < columns; d++) sums.values[leaf * columns + d]! += vector[d]!;
  });
  const costs = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let distance = 0;
      for (let d = 0; d < columns; d++) {
        distance += (sums.values[a * columns + d]! / sizes[a]! - sums.values[b * columns + d]! / sizes[b]!) ** 2;
      }
      costs[a * count + b] = ((sizes[a]! * sizes[b]!) / (sizes[a]! + sizes[b]!)) * distance;
    }
  }
  const alive = Array.from({ length: count }, (_, leaf) => leaf);
  const joins: { a: number; b: number; cost: number }[] = [];
  while (alive.length > 1) {
    let join = { a: -1, b: -1, cost: Infinity };
    for (const [index, a] of alive.entries()) {
      for (const b of alive.slice(index + 1)) {
        if (costs[a * count + b]! < join.cost) join = { a, b, cost: costs[a * count + b]! };
      }
    }
    const { a, b } = join;
    alive.splice(alive.indexOf(b), 1);
    for (const c of alive) {
      if (c === a) continue;
      const total = sizes[a]! + sizes[b]! + sizes[c]!;
      const cost =
        ((sizes[a]! + sizes[c]!) * costs[a * count + c]! +
          (sizes[b]! + sizes[c]!) * costs[b * count + c]! -
          sizes[c]! * join.cost) /
        total;
      costs[a * count + c] = cost;
      costs[c * count + a] = cost;
    }
    sizes[a]! += sizes[b]!;
    joins.push(join);
  }
  return joins;
}

function withoutEmpty(labels: Int32Array, count: number): { leaves: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  for (let label = 0; label < count; label++) if (labels.includes(label)) numbers.set(label, numbers.size);
  return { leaves: labels.map((label) => numbers.get(label)!), count: numbers.size };
}

/** Numbers parts by size, the largest 0; of equal size, the one with the earlier photo first. */
function largestFirst(labels: Int32Array): Int32Array {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const order = [...sizes].sort((one, two) => two[1] - one[1]).map(([label]) => label);
  const number = new Map(order.map((label, index) => [label, index]));
  return labels.map((label) => number.get(label)!);
}

/** Four sums at a time: the processor need not wait for one addition before the next. */
function dot(one: Float32Array, two: Float32Array): number {
  const length = one.length;
  const whole = length - (length % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let d = 0; d < whole; d += 4) {
    s0 += one[d]! * two[d]!;
    s1 += one[d + 1]! * two[d + 1]!;
    s2 += one[d + 2]! * two[d + 2]!;
    s3 += one[d + 3]! * two[d + 3]!;
  }
  for (let d = whole; d < length; d++) s0 += one[d]! * two[d]!;
  return s0 + s1 + s2 + s3;
}
