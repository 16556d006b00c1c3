import type { Engine } from '@main/scan/engine/engine';
import { multiply } from '@main/scan/math/linear-algebra';
import { type Matrix, selectRows, transpose } from '@main/scan/math/matrix';
import type { NeighborLists } from '@main/scan/neighbors/neighbor-lists';
import { createPacer } from '@main/scan/engine/pace';

import { insertNearest, keepNearest } from './top-k';

export interface ExtendNeighborsOptions {
  /** Rows of length 1, those of the added photos included. Shape: [N, D]. */
  vectors: Matrix;
  /** The lists of the photos that were there; those of added photos empty. Changed in place. */
  lists: NeighborLists;
  /** Which photos are added, in order. */
  added: readonly number[];
  engine: Engine;
  signal?: AbortSignal;
}

/**
 * Adds photos to lists of neighbours: each is compared with all, and enters the lists of those that it is nearer to than what is in them.
 * The lists are then the same as if all had been searched together.
 *
 * @returns The photos whose lists changed, in order.
 */
export async function extendNeighbors(options: ExtendNeighborsOptions): Promise<number[]> {
  const { vectors, lists, added, engine, signal } = options;
  const turned = transpose(vectors);
  const isAdded = new Set(added);
  const changed = new Set(added);
  const pace = createPacer(signal);
  const block = Math.max(16, Math.min(1024, Math.floor(8_000_000 / vectors.rows)));
  for (let start = 0; start < added.length; start += block) {
    await pace();
    const part = added.slice(start, start + block);
    const { values } = await multiply(engine, selectRows(vectors, part), turned);
    part.forEach((photo, i) => {
      const similarities = values.subarray(i * vectors.rows, (i + 1) * vectors.rows);
      keepNearest(lists, photo, similarities);
      for (let other = 0; other < vectors.rows; other++) {
        if (!isAdded.has(other) && insertNearest(lists, other, photo, similarities[other]!)) changed.add(other);
      }
    });
  }
  return [...changed].sort((a, b) => a - b);
}
