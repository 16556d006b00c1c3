import type { Engine } from '../engine/engine';
import type { OnProgress } from '../engine/pace';
import type { Matrix } from '../math/matrix';
import { filterNeighbors } from './filter-neighbors';
import { chooseNumNeighbors, mineNeighbors } from './mine-neighbors';
import type { NeighborLists, RaggedNeighbors } from './neighbor-lists';

/** Neighbours per photo that are mined, in units of K. */
export const RANKS_KNOWN = 3;

export interface LookAlikes {
  /** 3K ranks: the first K teach, the others judge. */
  lists: NeighborLists;
  /** K. */
  numNeighbors: number;
  /** The first K ranks, without those that cannot be trusted. */
  kept: RaggedNeighbors;
}

/** Step 2 of the method: finds the most similar photos of every photo, and which of them can be trusted. */
export async function findLookAlikes(
  { vectors }: { vectors: Matrix },
  options: { engine: Engine; seed: number; signal?: AbortSignal; onProgress?: OnProgress },
): Promise<LookAlikes> {
  const numNeighbors = chooseNumNeighbors(vectors.rows);
  const lists = await mineNeighbors({ ...options, vectors, numNeighbors: RANKS_KNOWN * numNeighbors });
  return {
    lists,
    numNeighbors,
    kept: filterNeighbors({ neighbors: lists, numNeighbors, vectors, seed: options.seed }),
  };
}
