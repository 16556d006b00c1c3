import { rowOf, type Matrix } from '@main/scan/math/matrix';
import type { NeighborLists, RaggedNeighbors } from '@main/scan/neighbors/neighbor-lists';
import { createRandom, deriveSeed } from '@shared/random';

export interface FilterNeighborsOptions {
  neighbors: NeighborLists;
  /** K: the ranks to keep from; later ranks are never kept. */
  numNeighbors: number;
  /** Rows of length 1, for the background. Shape: [N, D]. */
  vectors: Matrix;
  seed: number;
  /** Least share of common neighbours, |N(i) ∩ N(j)| / K. */
  minShared?: number;
  /** Similarity must exceed the mean of random pairs by this many standard deviations. */
  minDeviations?: number;
  /** Event of each photo (a gap of hours starts a new one), −1 unknown. Shape: [N]. */
  eventIndex?: Int32Array;
  /** Largest share of a photo's neighbours that may come from its own event. */
  maxEventShare?: number;
}

/**
 * Keeps the neighbours that can be trusted: the two share neighbours, they are more similar than random pairs are, and one
 * event does not supply most of a photo's list.
 *
 * @returns Ragged lists, most similar first; the weight is the share of common neighbours.
 */
export function filterNeighbors(options: FilterNeighborsOptions): RaggedNeighbors {
  const { neighbors, vectors, seed, minShared = 0.15, minDeviations = 3, eventIndex, maxEventShare = 0.5 } = options;
  const numNeighbors = Math.min(options.numNeighbors, neighbors.numNeighbors);
  const { numPhotos } = neighbors;
  const leastSimilarity = backgroundLimit(vectors, seed, minDeviations);
  const isNear = new Int32Array(numPhotos).fill(-1);
  const offsets = new Int32Array(numPhotos + 1);
  const indices = new Int32Array(numPhotos * numNeighbors);
  const weights = new Float32Array(indices.length);
  let numKept = 0;
  const isolated = new Uint8Array(numPhotos);
  const maxFromEvent = Math.max(1, Math.floor(maxEventShare * numNeighbors));

  for (let photo = 0; photo < numPhotos; photo++) {
    const start = photo * neighbors.numNeighbors;
    for (let rank = 0; rank < numNeighbors; rank++) {
      const other = neighbors.indices[start + rank]!;
      if (other >= 0) isNear[other] = photo;
    }
    let fromEvent = 0;
    for (let rank = 0; rank < numNeighbors; rank++) {
      const other = neighbors.indices[start + rank]!;
      if (other < 0 || neighbors.similarities[start + rank]! <= leastSimilarity) continue;
      let numShared = 0;
      for (let k = 0; k < numNeighbors; k++) {
        const third = neighbors.indices[other * neighbors.numNeighbors + k]!;
        if (third >= 0 && isNear[third] === photo) numShared++;
      }
      const shared = numShared / numNeighbors;
      if (shared < minShared) continue;
      const isSameEvent = eventIndex && eventIndex[photo]! >= 0 && eventIndex[photo] === eventIndex[other];
      if (isSameEvent && fromEvent++ >= maxFromEvent) continue;
      indices[numKept] = other;
      weights[numKept++] = shared;
    }
    offsets[photo + 1] = numKept;
    isolated[photo] = numKept - offsets[photo]! < 2 ? 1 : 0;
  }
  return { offsets, indices: indices.slice(0, numKept), weights: weights.slice(0, numKept), isolated };
}

/**
 * The similarity that unrelated photos reach by chance: mean plus some standard deviations of their cosines.
 *
 * Mean and deviation are read off the lower quarter of random pairs, as quantiles of a normal distribution. With few large classes up to
 * half of all random pairs are of one class; the plain mean and deviation would then lie so high that no neighbour passed.
 */
function backgroundLimit(vectors: Matrix, seed: number, deviations: number): number {
  if (vectors.rows < 3) return -Infinity;
  const random = createRandom(deriveSeed(seed, 'background'));
  const numPairs = 4000;
  const cosines = new Float32Array(numPairs);
  for (let pair = 0; pair < numPairs; pair++) {
    const i = random.int(vectors.rows);
    const j = (i + 1 + random.int(vectors.rows - 1)) % vectors.rows;
    const a = rowOf(vectors, i);
    const b = rowOf(vectors, j);
    for (let d = 0; d < a.length; d++) cosines[pair]! += a[d]! * b[d]!;
  }
  cosines.sort();
  const low = cosines[Math.floor(0.05 * numPairs)]!;
  const quarter = cosines[Math.floor(0.25 * numPairs)]!;
  // In a normal distribution these two lie 1.645 and 0.674 deviations below the mean.
  const deviation = (quarter - low) / (1.645 - 0.674);
  return quarter + (0.674 + deviations) * deviation;
}
