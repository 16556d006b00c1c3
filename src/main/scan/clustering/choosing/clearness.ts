/**
 * @file Whether there are groups at all: the same measures on photos without groups but of the same spread. [Note: What chance would look like]
 *
 * In any cloud of points neighbours have neighbours in common, and k-means cuts it into parts that neighbours share: 300 pictures of
 * 300 kinds reach a held-out modularity that 60 pictures of ten kinds do not. So no fixed limit can tell them apart; but a cloud of the
 * same size and covariance that has no groups, one normal distribution, shows what chance gives (Liu, Hayes, Nobel and Marron,
 * Statistical Significance of Clustering for High-Dimension, Low-Sample Size Data, JASA 2008, ask the same of two groups).
 *
 * Real photos never are one normal distribution, so with enough of them any test would reject it: what counts is how far they are from
 * it. As with Cohen's κ that is (found − chance) / (1 − chance); Landis and Koch (Biometrics 1977) call up to 0.2 slight.
 */
import { clusterByMeans } from './candidates';
import type { Engine } from '../../engine/engine';
import { judgeLabels } from './judge';
import { multiply } from '../../math/linear-algebra';
import { createMatrix, normalizeRows, selectRows, transpose, type Matrix } from '../../math/matrix';
import type { NeighborLists, RaggedNeighbors } from '../../neighbors/neighbor-lists';
import { createPacer } from '../../engine/pace';
import { createRandom, deriveSeed, type Random } from '@shared/random';

export interface ClearnessOptions {
  /** Rows of length 1. Shape: [N, D]. */
  vectors: Matrix;
  /** K at this number of photos. */
  numNeighbors: number;
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
}

export interface Clearness {
  /** Held-out modularity of the best of some quick groupings, beyond chance: high where there are few, large groups. */
  grouping: number;
  /** Share of the neighbours that two neighbours have in common, beyond chance: high where there are many, small groups. */
  sharing: number;
  isClear: boolean;
}

interface Measures {
  grouping: number;
  sharing: number;
}

/**
 * Beyond chance by more than this is clear. 300 pictures of one kind each reach .08 to .16 in grouping and .16 in sharing; by .15 two seeds of
 * five found groups in them (docs/decisions/no-clear-groups.md).
 */
const LEAST_CLEAR: Measures = { grouping: 0.2, sharing: 0.2 };

/** Groups show in a sample as well, and clouds to compare it with cost as much each. */
const MAX_PHOTOS = 3000;
/** Few photos scatter more by chance, and cost less. */
const NUM_CLOUDS = { few: 12, many: 4 };
const FEW_PHOTOS = 500;
/** Points drawn at a time: libtensorflow never gives back what a product has taken, and the weights of 3,000 points are 36 MB. */
const CLOUD_BLOCK = 512;

/** Compares photos with clouds of no groups. */
export async function measureClearness(options: ClearnessOptions): Promise<Clearness> {
  const { engine, seed, signal } = options;
  const numPhotos = Math.min(options.vectors.rows, MAX_PHOTOS);
  const numNeighbors = Math.max(1, Math.round(options.numNeighbors * (numPhotos / options.vectors.rows) ** 0.4));
  const sample = createRandom(deriveSeed(seed, 'clearness', 'sample')).permutation(options.vectors.rows);
  const vectors = selectRows(options.vectors, sample.subarray(0, numPhotos).sort());
  const found = await measure(vectors, { numNeighbors, engine, seed, signal });
  const chance: Measures = { grouping: 0, sharing: 0 };
  const numClouds = numPhotos <= FEW_PHOTOS ? NUM_CLOUDS.few : NUM_CLOUDS.many;
  for (let cloud = 0; cloud < numClouds; cloud++) {
    const random = createRandom(deriveSeed(seed, 'clearness', cloud));
    const points = await drawCloud(engine, vectors, random);
    const own = await measure(points, { numNeighbors, engine, seed: deriveSeed(seed, 'clearness', cloud), signal });
    chance.grouping += own.grouping / numClouds;
    chance.sharing += own.sharing / numClouds;
  }
  const beyond = (key: keyof Measures): number => (found[key] - chance[key]) / Math.max(1e-6, 1 - chance[key]);
  const [grouping, sharing] = [beyond('grouping'), beyond('sharing')];
  return { grouping, sharing, isClear: grouping > LEAST_CLEAR.grouping || sharing > LEAST_CLEAR.sharing };
}

/**
 * Points of one normal distribution with the photos' mean and covariance, on the sphere as they are: sums of the centred photos under
 * normal weights have their covariance exactly, whatever its rank.
 */
async function drawCloud(engine: Engine, vectors: Matrix, random: Random): Promise<Matrix> {
  const { rows, columns } = vectors;
  const mean = new Float32Array(columns);
  vectors.values.forEach((value, i) => (mean[i % columns]! += value / rows));
  const centred = createMatrix(rows, columns, vectors.values.map((value, i) => value - mean[i % columns]!)); // prettier-ignore
  const points = createMatrix(rows, columns);
  for (let start = 0; start < rows; start += CLOUD_BLOCK) {
    const weights = createMatrix(Math.min(CLOUD_BLOCK, rows - start), rows);
    for (let i = 0; i < weights.values.length; i++) weights.values[i] = random.normal() / Math.sqrt(rows);
    points.values.set((await multiply(engine, weights, centred)).values, start * columns);
  }
  for (let i = 0; i < points.values.length; i++) points.values[i]! += mean[i % columns]!;
  normalizeRows(points.values, columns);
  return points;
}

async function measure(vectors: Matrix, options: Omit<ClearnessOptions, 'vectors'>): Promise<Measures> {
  const { numNeighbors, engine, signal } = options;
  const neighbors = await nearest(engine, vectors, Math.min(2 * numNeighbors, vectors.rows - 1), signal);
  const edges = firstRanks(neighbors, numNeighbors);
  const candidates = await clusterByMeans({ ...options, vectors, neighbors, edges });
  // The first K ranks hold together in any cloud, merged along them as the groups are.
  const held = { from: numNeighbors, to: 2 * numNeighbors };
  return {
    grouping: candidates.reduce(
      (most, { labels }) => Math.max(most, judgeLabels(labels, neighbors, held).modularity),
      0,
    ),
    sharing: edges.weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, edges.weights.length),
  };
}

/** Most similar first, by comparing all with all. */
async function nearest(engine: Engine, vectors: Matrix, count: number, signal?: AbortSignal): Promise<NeighborLists> {
  const { rows, columns, values } = vectors;
  const indices = new Int32Array(rows * count).fill(-1);
  const similarities = new Float32Array(rows * count).fill(-Infinity);
  const turned = transpose(vectors);
  const pace = createPacer(signal);
  const block = 512;
  for (let first = 0; first < rows; first += block) {
    await pace();
    const size = Math.min(block, rows - first);
    const part = createMatrix(size, columns, values.subarray(first * columns, (first + size) * columns));
    const products = (await multiply(engine, part, turned)).values;
    for (let i = 0; i < size; i++) {
      const start = (first + i) * count;
      const last = start + count - 1;
      for (let other = 0; other < rows; other++) {
        const similarity = products[i * rows + other]!;
        if (similarity <= similarities[last]! || other === first + i) continue;
        let at = last;
        for (; at > start && similarities[at - 1]! < similarity; at--) {
          similarities[at] = similarities[at - 1]!;
          indices[at] = indices[at - 1]!;
        }
        similarities[at] = similarity;
        indices[at] = other;
      }
    }
  }
  return { numPhotos: rows, numNeighbors: count, indices, similarities };
}

/** All of the first K ranks as edges, weighted by the share of common neighbours. */
function firstRanks({ numPhotos, numNeighbors, indices }: NeighborLists, count: number): RaggedNeighbors {
  const offsets = Int32Array.from({ length: numPhotos + 1 }, (_, photo) => photo * count);
  const kept = new Int32Array(numPhotos * count);
  for (let photo = 0; photo < numPhotos; photo++) {
    kept.set(indices.subarray(photo * numNeighbors, photo * numNeighbors + count), photo * count);
  }
  const isNear = new Int32Array(numPhotos).fill(-1);
  const weights = new Float32Array(kept.length);
  for (let photo = 0; photo < numPhotos; photo++) {
    for (const other of kept.subarray(photo * count, (photo + 1) * count)) isNear[other] = photo;
    for (let edge = photo * count; edge < (photo + 1) * count; edge++) {
      const other = kept[edge]!;
      for (const third of kept.subarray(other * count, (other + 1) * count))
        if (isNear[third] === photo) weights[edge]! += 1 / count;
    }
  }
  return { offsets, indices: kept, weights, isolated: new Uint8Array(numPhotos) };
}
