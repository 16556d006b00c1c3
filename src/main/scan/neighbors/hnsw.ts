import hnswlib from 'hnswlib-node';

import { rowOf } from '@main/scan/math/matrix';
import type { NeighborLists } from '@main/scan/neighbors/neighbor-lists';
import { createPacer } from '@main/scan/engine/pace';

import type { SearchOptions } from './exact';
import { createLists, writeSorted } from './top-k';

/**
 * Approximate search in a layered proximity graph: a fraction of the comparisons for large sets.
 *
 * Malkov and Yashunin, Efficient and Robust Approximate Nearest Neighbor Search Using Hierarchical Navigable Small World
 * Graphs, 2018, arXiv:1603.09320.
 *
 * @param options.seed Levels of the graph; the same seed gives the same lists, since points are added in order.
 */
export async function searchHnsw(options: Omit<SearchOptions, 'engine'> & { seed: number }): Promise<NeighborLists> {
  const { vectors, numNeighbors, seed, signal, onProgress } = options;
  const { rows, columns } = vectors;
  const lists = createLists(rows, numNeighbors);
  const pace = createPacer(signal);
  const graph = new hnswlib.HierarchicalNSW('ip', columns);
  graph.initIndex({ maxElements: rows, m: 24, efConstruction: 160, randomSeed: (seed % 0x7fffffff) + 1 });
  for (let photo = 0; photo < rows; photo++) {
    if (photo % 64 === 0) await pace();
    graph.addPoint(toPlain(rowOf(vectors, photo)), photo);
    if (photo % 1024 === 0) onProgress?.(photo, 2 * rows);
  }
  graph.setEf(Math.max(160, 3 * numNeighbors));
  const asked = Math.min(rows, numNeighbors + 1);
  for (let photo = 0; photo < rows; photo++) {
    if (photo % 64 === 0) await pace();
    const { neighbors, distances } = graph.searchKnn(toPlain(rowOf(vectors, photo)), asked);
    const found = neighbors.map((index, rank) => ({ index, similarity: Math.fround(1 - distances[rank]!) }));
    writeSorted(
      lists,
      photo,
      found.filter(({ index }) => index !== photo),
    );
    if (photo % 1024 === 0) onProgress?.(rows + photo, 2 * rows);
  }
  onProgress?.(2 * rows, 2 * rows);
  // The graph is let go of by a smaller one taking its place: the garbage collector sees none of its 40 MB and is in no hurry.
  graph.initIndex({ maxElements: 1 });
  return lists;
}

/** The library takes plain arrays only. */
function toPlain(row: Float32Array): number[] {
  return Array.from(row);
}
