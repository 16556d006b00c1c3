import type { Engine } from '@main/scan/engine/engine';
import { multiply } from '@main/scan/math/linear-algebra';
import { createMatrix, transpose, type Matrix } from '@main/scan/math/matrix';
import type { NeighborLists } from '@main/scan/neighbors/neighbor-lists';
import { createPacer, type OnProgress } from '@main/scan/engine/pace';

import { createLists, keepNearest } from './top-k';

export interface SearchOptions {
  /** Rows of length 1. Shape: [N, D]. */
  vectors: Matrix;
  numNeighbors: number;
  engine: Engine;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

/** Compares every photo with every other, block by block: the reference for any other search, and the faster one for small sets. */
export async function searchExactly(options: SearchOptions): Promise<NeighborLists> {
  const { vectors, numNeighbors, engine, signal, onProgress } = options;
  const { rows, columns, values } = vectors;
  const lists = createLists(rows, numNeighbors);
  const turned = transpose(vectors);
  const pace = createPacer(signal);
  const block = Math.max(16, Math.min(1024, Math.floor(4_000_000 / rows)));
  for (let start = 0; start < rows; start += block) {
    await pace();
    const size = Math.min(block, rows - start);
    const part = createMatrix(size, columns, values.subarray(start * columns, (start + size) * columns));
    const similarities = await multiply(engine, part, turned);
    for (let i = 0; i < size; i++) {
      keepNearest(lists, start + i, similarities.values.subarray(i * rows, (i + 1) * rows));
    }
    onProgress?.(start + size, rows);
  }
  return lists;
}
