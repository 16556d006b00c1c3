import type { Engine } from '../../engine/engine';
import { multiply } from '../../math/linear-algebra';
import { createMatrix, rowOf, transpose, type Matrix } from '../../math/matrix';
import { createPacer } from '../../engine/pace';
import { createRandom, deriveSeed, type Random } from '@shared/random';

export interface KMeansOptions {
  vectors: Matrix;
  numClusters: number;
  seed: number;
  engine: Engine;
  /** Starts tried; the one of least inertia is kept. */
  restarts?: number;
  maxIterations?: number;
  /** Weight of each photo, 1 each where left out. Shape: [N]. */
  photoWeights?: Float32Array;
  signal?: AbortSignal;
}

export interface KMeans {
  /** Shape: [N]. */
  labels: Int32Array;
  /** Shape: [C, D]. */
  centroids: Matrix;
  /** Weighted sum of squared distances to the nearest centroid. */
  inertia: number;
}

/**
 * Lloyd's k-means from k-means++ starts, distances by matrix products on the engine.
 *
 * Arthur and Vassilvitskii, k-means++: The Advantages of Careful Seeding, SODA 2007.
 */
export async function kmeans(options: KMeansOptions): Promise<KMeans> {
  const { restarts = 10, seed } = options;
  let best: KMeans | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const found = await runOnce(options, createRandom(deriveSeed(seed, 'kmeans', restart)));
    if (!best || found.inertia < best.inertia) best = found;
  }
  return best!;
}

async function runOnce(options: KMeansOptions, random: Random): Promise<KMeans> {
  const { vectors, engine, maxIterations = 50, photoWeights, signal } = options;
  const pace = createPacer(signal);
  const numClusters = Math.min(options.numClusters, vectors.rows);
  const norms = squaredNorms(vectors);
  let centroids = await chooseStarts(vectors, norms, numClusters, random, pace);
  let labels = new Int32Array(vectors.rows).fill(-1);
  let inertia = Infinity;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    await pace();
    const found = await assign(engine, vectors, norms, centroids, photoWeights);
    const numMoved = found.labels.reduce((count, label, i) => count + (label === labels[i] ? 0 : 1), 0);
    ({ labels, inertia } = found);
    if (numMoved <= vectors.rows * 1e-4) break;
    centroids = computeMeans(vectors, found.labels, found.distances, numClusters, photoWeights);
  }
  return { labels, centroids, inertia };
}

function squaredNorms(vectors: Matrix): Float32Array {
  return Float32Array.from({ length: vectors.rows }, (_, i) => rowOf(vectors, i).reduce((sum, x) => sum + x * x, 0));
}

/** k-means++: each next start is a photo drawn with a chance in proportion to its squared distance from the starts so far. */
async function chooseStarts(
  vectors: Matrix,
  norms: Float32Array,
  count: number,
  random: Random,
  pace: () => Promise<void>,
): Promise<Matrix> {
  const { rows, columns, values } = vectors;
  const starts = createMatrix(count, columns);
  const nearest = new Float64Array(rows).fill(Infinity);
  let chosen = random.int(rows);
  for (let k = 0; k < count; k++) {
    await pace();
    const start = rowOf(vectors, chosen);
    starts.values.set(start, k * columns);
    let total = 0;
    for (let i = 0; i < rows; i++) {
      let product = 0;
      for (let d = 0, at = i * columns; d < columns; d++, at++) product += values[at]! * start[d]!;
      const distance = Math.max(0, norms[i]! + norms[chosen]! - 2 * product);
      if (distance < nearest[i]!) nearest[i] = distance;
      total += nearest[i]!;
    }
    let left = random.uniform() * total;
    chosen = rows - 1;
    for (let i = 0; i < rows; i++) {
      left -= nearest[i]!;
      if (left <= 0 && nearest[i]! > 0) {
        chosen = i;
        break;
      }
    }
  }
  return starts;
}

async function assign(
  engine: Engine,
  vectors: Matrix,
  norms: Float32Array,
  centroids: Matrix,
  photoWeights?: Float32Array,
): Promise<{ labels: Int32Array<ArrayBuffer>; distances: Float32Array; inertia: number }> {
  const { rows, columns, values } = vectors;
  const labels = new Int32Array(rows);
  const distances = new Float32Array(rows);
  const centroidNorms = squaredNorms(centroids);
  const turned = transpose(centroids);
  const count = centroids.rows;
  const block = 4096;
  let inertia = 0;
  for (let start = 0; start < rows; start += block) {
    const size = Math.min(block, rows - start);
    const part = createMatrix(size, columns, values.subarray(start * columns, (start + size) * columns));
    const products = (await multiply(engine, part, turned)).values;
    for (let i = 0; i < size; i++) {
      let least = Infinity;
      let label = 0;
      for (let k = 0; k < count; k++) {
        const distance = centroidNorms[k]! - 2 * products[i * count + k]!;
        if (distance < least) {
          least = distance;
          label = k;
        }
      }
      labels[start + i] = label;
      distances[start + i] = Math.max(0, least + norms[start + i]!);
      inertia += (photoWeights?.[start + i] ?? 1) * distances[start + i]!;
    }
  }
  return { labels, distances, inertia };
}

/** Weighted means of the clusters; an empty one restarts at the photo farthest from its centroid. */
function computeMeans(
  vectors: Matrix,
  labels: Int32Array,
  distances: Float32Array,
  count: number,
  photoWeights?: Float32Array,
): Matrix {
  const { rows, columns, values } = vectors;
  const sums = new Float64Array(count * columns);
  const mass = new Float64Array(count);
  for (let i = 0; i < rows; i++) {
    const weight = photoWeights?.[i] ?? 1;
    const to = labels[i]! * columns;
    const from = i * columns;
    mass[labels[i]!]! += weight;
    for (let d = 0; d < columns; d++) sums[to + d]! += weight * values[from + d]!;
  }
  const means = createMatrix(count, columns);
  const free = distances.slice();
  for (let k = 0; k < count; k++) {
    if (mass[k]! > 0) {
      for (let d = 0; d < columns; d++) means.values[k * columns + d] = sums[k * columns + d]! / mass[k]!;
      continue;
    }
    const farthest = free.reduce((best, distance, i) => (distance > free[best]! ? i : best), 0);
    free[farthest] = -1;
    means.values.set(rowOf(vectors, farthest), k * columns);
  }
  return means;
}
