/**
 * @file What a person would pick instead: a plane laid out by UMAP on the trunk's own features, and density clusters in it. PhotoMapAI groups
 * photos by UMAP and DBSCAN.
 */
import { HDBSCAN } from 'hdbscan-ts';
import { UMAP } from 'umap-js';

import { createMatrix, normalizeRows, rowOf, viewMatrix } from '@main/scan/math/matrix';
import { createRandom, deriveSeed } from '@shared/random';
import { mineNeighbors } from '@main/scan/neighbors/index';

import { dbscan, suggestRadius } from './dbscan';
import { kmeansOn, MAX_FOR_HDBSCAN, onSample, type BaselineData, type Method } from './baselines';

const NUM_NEIGHBORS = 15;
const LEAST_DISTANCE = 0.05;
/** A point with this many points around it, itself included, is the core of a cluster. */
const CORE_POINTS = 5;

/** UMAP, then DBSCAN with a radius found from the points; every photo left out is a group of its own. */
export const umapDbscan: Method = async (data) => {
  const points = await layOut(data);
  return dbscan(points, suggestRadius(points, CORE_POINTS), CORE_POINTS);
};

/** UMAP, then HDBSCAN; noise is one label. */
export const umapHdbscan: Method = async (data) => {
  const points = await layOut(data);
  const vectors = createMatrix(points.length, 2, Float32Array.from(points.flat()));
  return onSample(
    (sample) => {
      const minClusterSize = Math.max(5, Math.round(sample.rows / 100));
      const rows = Array.from({ length: sample.rows }, (_, photo) => Array.from(rowOf(sample, photo)));
      return new HDBSCAN({ minClusterSize, minSamples: 5 }).fit(rows);
    },
    MAX_FOR_HDBSCAN,
    'distance',
  )({ ...data, vectors }, 0);
};

/** UMAP, then k-means with the true number of classes. */
export const umapKmeans: Method = async (data, numClasses) => {
  const points = await layOut(data);
  return kmeansOn(createMatrix(points.length, 2, Float32Array.from(points.flat())), data, numClasses);
};

/** Positions already computed for a set: three methods start from the same plane. */
const layouts = new WeakMap<object, Promise<number[][]>>();

function layOut(data: BaselineData): Promise<number[][]> {
  let found = layouts.get(data.trunkViews);
  if (!found) layouts.set(data.trunkViews, (found = layOutOnce(data)));
  return found;
}

async function layOutOnce({ trunkViews, seed, engine }: BaselineData): Promise<number[][]> {
  const view = viewMatrix(trunkViews, 0);
  const vectors = { ...view, values: normalizeRows(view.values.slice(), view.columns) };
  const numNeighbors = Math.min(NUM_NEIGHBORS, vectors.rows - 1);
  const lists = await mineNeighbors({ vectors, numNeighbors: numNeighbors - 1, engine, seed });
  const random = createRandom(deriveSeed(seed, 'umap'));
  const umap = new UMAP({ nNeighbors: numNeighbors, minDist: LEAST_DISTANCE, random: () => random.uniform() });
  // Like UMAP's own search, the lists start with the photo itself.
  const ranks = (photo: number): [number, number] => [photo * lists.numNeighbors, (photo + 1) * lists.numNeighbors];
  const photos = Array.from({ length: vectors.rows }, (_, photo) => photo);
  umap.setPrecomputedKNN(
    photos.map((photo) => [photo, ...lists.indices.subarray(...ranks(photo))]),
    photos.map((photo) => [
      0,
      ...lists.similarities.subarray(...ranks(photo)).map((cosine) => Math.max(0, 1 - cosine)),
    ]),
  );
  return umap.fit(photos.map((photo) => [photo]));
}
