/** @file Neighbour lists as the learning code reads them. `mine-neighbors.ts` makes them. */

/** K neighbours of every photo, most similar first, the photo itself left out, ties by index. */
export interface NeighborLists {
  numPhotos: number;
  numNeighbors: number;
  /** Shape: [N, K]; −1 where a photo has fewer. */
  indices: Int32Array;
  /** Cosines. Shape: [N, K]. */
  similarities: Float32Array;
}

/** A different number of neighbours per photo: photo i has entries `offsets[i]` to `offsets[i + 1]`. */
export interface RaggedNeighbors {
  /** Shape: [N + 1]. */
  offsets: Int32Array;
  indices: Int32Array;
  /** Strength of each kept pair, in (0, 1]. */
  weights: Float32Array;
  /** 1 for a photo with fewer than two kept neighbours. Shape: [N]. */
  isolated: Uint8Array;
}

/** Who is whose neighbour, however near. */
export type Ragged = Pick<RaggedNeighbors, 'offsets' | 'indices'>;

export type AnyNeighbors = NeighborLists | Ragged;

/** Either kind of list as offsets and indices, from rank `from` (dense lists) to rank `to`; missing entries left out. */
export function toRagged(neighbors: AnyNeighbors, from = 0, to = Infinity): Ragged {
  if ('offsets' in neighbors) return neighbors;
  const { numPhotos, numNeighbors, indices } = neighbors;
  const offsets = new Int32Array(numPhotos + 1);
  const last = Math.min(to, numNeighbors);
  const kept = new Int32Array(numPhotos * Math.max(0, last - from));
  let count = 0;
  for (let photo = 0; photo < numPhotos; photo++) {
    for (let rank = from; rank < last; rank++) {
      const at = photo * numNeighbors + rank;
      if (indices[at]! >= 0) kept[count++] = indices[at]!;
    }
    offsets[photo + 1] = count;
  }
  return { offsets, indices: kept.subarray(0, count) };
}
