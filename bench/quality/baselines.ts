/** @file What the engine is compared with, on the same vectors and the same neighbour graph. */
import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import { HDBSCAN } from 'hdbscan-ts';

import { cutLinks, linkByAverage } from '@main/scan/clustering/choosing/average-linkage';
import { clusterByMeans, type TournamentData } from '@main/scan/clustering/choosing/candidates';
import type { Engine } from '@main/scan/engine/engine';
import { learnFeatures } from '@main/scan/pretext/learn-features';
import { kmeans } from '@main/scan/clustering/choosing/kmeans';
import { multiply } from '@main/scan/math/linear-algebra';
import {
  createViewSet,
  normalizeRows,
  rowOf,
  selectRows,
  viewMatrix,
  type Matrix,
  type ViewSet,
} from '@main/scan/math/matrix';
import { createRandom, deriveSeed } from '@shared/random';

export interface BaselineData extends TournamentData {
  /** Trunk features as they are. Shape: [V, N, F]. */
  trunkViews: ViewSet;
}

export type Method = (data: BaselineData, numClasses: number) => Promise<ArrayLike<number>>;

/** k-means with the true number of classes: what a person who knows it would run. */
export const kmeansTrue: Method = (data, numClasses) => kmeansOn(data.vectors, data, numClasses);

/** The same on the trunk's own features of the canonical view, with nothing learned from the photos. */
export const kmeansRaw: Method = (data, numClasses) => {
  const view = viewMatrix(data.trunkViews, 0);
  return kmeansOn({ ...view, values: normalizeRows(view.values.slice(), view.columns) }, data, numClasses);
};

/**
 * The same on features whitened by the spread of a photo's own views, without the roots that the engine takes first. Whitening does
 * not mind a shift, and values that are negative have no roots.
 */
export const kmeansWhitened: Method = async (data, numClasses) => {
  const { numViews, numPhotos, width, values } = data.trunkViews;
  const shifted = createViewSet(
    numViews,
    numPhotos,
    width,
    values.map((value) => value - 1),
  );
  return kmeansOn((await learnFeatures(shifted, data)).vectors, data, numClasses);
};

export async function kmeansOn(
  vectors: Matrix,
  { engine, seed }: BaselineData,
  numClusters: number,
): Promise<Int32Array> {
  return (await kmeans({ vectors, numClusters, engine, seed, restarts: 10 })).labels;
}

/** k-means into many clusters, merged on the graph at γ = 1. Equal cuts go under the first detail that gave them. */
export const kmeansMerge: Method = async (data) => {
  const found = (await clusterByMeans(data)).filter(({ name }) => Number(name.split(' ').at(-1)) <= 1).at(-1);
  return found?.labels ?? new Int32Array(data.vectors.rows);
};

/** Methods that compare all with all group this many photos of a larger set; the others take the label of the most similar of those. */
const MAX_COMPARED = 2500;
/** The library's HDBSCAN takes a quarter of an hour and more for 2,500. */
export const MAX_FOR_HDBSCAN = 1000;

/** @param likeness How the most similar photo of the sample is found: by cosine for features, by distance in the plane. */
export function onSample(
  method: (vectors: Matrix, engine: Engine) => ArrayLike<number> | Promise<ArrayLike<number>>,
  most: number,
  likeness: 'cosine' | 'distance' = 'cosine',
): Method {
  return async ({ vectors, engine, seed }) => {
    if (vectors.rows <= most) return method(vectors, engine);
    const order = createRandom(deriveSeed(seed, 'compared')).permutation(vectors.rows);
    const sample = selectRows(vectors, order.subarray(0, most));
    const labels = await method(sample, engine);
    const { values } = await multiply(engine, vectors, sample, { transposeB: true });
    if (likeness === 'distance') {
      // Of |x − y|² = |x|² + |y|² − 2⟨x, y⟩ the first term is the same for all y.
      for (let column = 0; column < most; column++) {
        const half = rowOf(sample, column).reduce((sum, value) => sum + value * value, 0) / 2;
        for (let at = column; at < values.length; at += most) values[at]! -= half;
      }
    }
    return Int32Array.from({ length: vectors.rows }, (_, photo) => {
      const row = values.subarray(photo * most, (photo + 1) * most);
      return labels[row.indexOf(row.reduce((top, value) => Math.max(top, value), -Infinity))]!;
    });
  };
}

/** Density clusters; noise is a label of its own. */
export const hdbscan = onSample((vectors) => {
  const minClusterSize = Math.max(5, Math.round(vectors.rows / 100));
  const points = Array.from({ length: vectors.rows }, (_, photo) => Array.from(rowOf(vectors, photo)));
  return new HDBSCAN({ minClusterSize, minSamples: 5 }).fit(points);
}, MAX_FOR_HDBSCAN);

/** Modularity of the neighbour graph, γ = 1. */
export const louvainOnGraph: Method = async ({ edges, vectors, seed }) => {
  const graph = new Graph({ type: 'undirected' });
  for (let photo = 0; photo < vectors.rows; photo++) graph.addNode(photo);
  for (let photo = 0; photo < vectors.rows; photo++) {
    for (let edge = edges.offsets[photo]!; edge < edges.offsets[photo + 1]!; edge++) {
      const weight = edges.weights[edge]!;
      const other = edges.indices[edge]!;
      if (graph.hasEdge(photo, other)) graph.updateEdgeAttribute(photo, other, 'weight', (w) => (w as number) + weight);
      else graph.addEdge(photo, other, { weight });
    }
  }
  const random = createRandom(deriveSeed(seed, 'louvain'));
  const communities = louvain(graph, { rng: () => random.uniform(), resolution: 1 });
  return Int32Array.from({ length: vectors.rows }, (_, photo) => communities[photo]!);
};

/** Average linkage on cosines, cut where the mean silhouette over 2…40 groups is highest. */
export const agglomerative = onSample(async (vectors, engine) => {
  const distances = cosineDistances(vectors);
  const links = await linkByAverage(engine, vectors);
  let best: { labels: Int32Array; score: number } = { labels: new Int32Array(vectors.rows), score: -Infinity };
  for (let numGroups = 2; numGroups <= Math.min(40, vectors.rows - 1); numGroups++) {
    const labels = cutLinks(links, numGroups);
    const score = silhouette(distances, labels, numGroups);
    if (score > best.score) best = { labels, score };
  }
  return best.labels;
}, MAX_COMPARED);

function cosineDistances(vectors: Matrix): Float32Array {
  const { rows } = vectors;
  const distances = new Float32Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    const x = rowOf(vectors, i);
    for (let j = 0; j < i; j++) {
      const y = rowOf(vectors, j);
      let product = 0;
      for (let d = 0; d < x.length; d++) product += x[d]! * y[d]!;
      distances[i * rows + j] = distances[j * rows + i] = 1 - product;
    }
  }
  return distances;
}

function silhouette(distances: Float32Array, labels: Int32Array, numGroups: number): number {
  const count = labels.length;
  const sizes = new Int32Array(numGroups);
  for (const label of labels) sizes[label]!++;
  let total = 0;
  const sums = new Float64Array(numGroups);
  for (let i = 0; i < count; i++) {
    const own = labels[i]!;
    if (sizes[own] === 1) continue;
    sums.fill(0);
    for (let j = 0; j < count; j++) sums[labels[j]!]! += distances[i * count + j]!;
    const inside = sums[own]! / (sizes[own]! - 1);
    let outside = Infinity;
    for (let c = 0; c < numGroups; c++) if (c !== own) outside = Math.min(outside, sums[c]! / sizes[c]!);
    total += (outside - inside) / Math.max(inside, outside);
  }
  return total / count;
}
