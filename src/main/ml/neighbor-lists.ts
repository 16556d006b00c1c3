/** @file Neighbour lists as the learning code reads them. `src/main/neighbors` makes them. */

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

export type AnyNeighbors = NeighborLists | RaggedNeighbors;

/** Either kind of list as offsets and indices, from rank `from` (dense lists) to rank `to`; missing entries left out. */
export function toRagged(neighbors: AnyNeighbors, from = 0, to = Infinity): Omit<RaggedNeighbors, 'isolated'> {
  if ('offsets' in neighbors) return neighbors;
  const { numPhotos, numNeighbors, indices, similarities } = neighbors;
  const offsets = new Int32Array(numPhotos + 1);
  const last = Math.min(to, numNeighbors);
  const most = numPhotos * Math.max(0, last - from);
  const kept = new Int32Array(most);
  const weights = new Float32Array(most);
  let count = 0;
  for (let photo = 0; photo < numPhotos; photo++) {
    for (let rank = from; rank < last; rank++) {
      const at = photo * numNeighbors + rank;
      if (indices[at]! < 0) continue;
      kept[count] = indices[at]!;
      weights[count++] = similarities[at]!;
    }
    offsets[photo + 1] = count;
  }
  return { offsets, indices: kept.subarray(0, count), weights: weights.subarray(0, count) };
}
