import type { NeighborLists } from '@main/scan/neighbors/neighbor-lists';

/** Empty lists: every index −1. A set of N photos has at most N − 1 neighbours per photo. */
export function createLists(numPhotos: number, numNeighbors: number): NeighborLists {
  const indices = new Int32Array(numPhotos * numNeighbors).fill(-1);
  return { numPhotos, numNeighbors, indices, similarities: new Float32Array(numPhotos * numNeighbors).fill(-1) };
}

/** Writes the most similar photos of one photo into its list, most similar first, ties by index, the photo itself left out. */
export function keepNearest(lists: NeighborLists, photo: number, similarities: Float32Array): void {
  const { numNeighbors, indices, similarities: kept } = lists;
  const from = photo * numNeighbors;
  let size = 0;
  let least = -Infinity;
  for (let other = 0; other < similarities.length; other++) {
    const similarity = similarities[other]!;
    // Photos come in order of index, so an equal one that comes later never goes before an earlier one.
    if ((size === numNeighbors && similarity <= least) || other === photo) continue;
    let at = size < numNeighbors ? size++ : numNeighbors - 1;
    while (at > 0 && kept[from + at - 1]! < similarity) {
      kept[from + at] = kept[from + at - 1]!;
      indices[from + at] = indices[from + at - 1]!;
      at--;
    }
    kept[from + at] = similarity;
    indices[from + at] = other;
    least = kept[from + size - 1]!;
  }
}

/**
 * Enters one more photo into a list that it is not in, if it is near enough.
 *
 * @returns Whether it was.
 */
export function insertNearest(lists: NeighborLists, photo: number, other: number, similarity: number): boolean {
  const { numNeighbors, indices, similarities } = lists;
  const from = photo * numNeighbors;
  const isBefore = (at: number): boolean =>
    indices[at]! < 0 || similarities[at]! < similarity || (similarities[at]! === similarity && indices[at]! > other);
  let at = from + numNeighbors - 1;
  if (!isBefore(at)) return false;
  for (; at > from && isBefore(at - 1); at--) {
    similarities[at] = similarities[at - 1]!;
    indices[at] = indices[at - 1]!;
  }
  similarities[at] = similarity;
  indices[at] = other;
  return true;
}

/** Sorts what an approximate search found of one photo and writes it into its list. */
export function writeSorted(lists: NeighborLists, photo: number, found: { index: number; similarity: number }[]): void {
  const { numNeighbors, indices, similarities } = lists;
  found.sort((a, b) => b.similarity - a.similarity || a.index - b.index);
  for (let rank = 0; rank < Math.min(found.length, numNeighbors); rank++) {
    indices[photo * numNeighbors + rank] = found[rank]!.index;
    similarities[photo * numNeighbors + rank] = found[rank]!.similarity;
  }
}
