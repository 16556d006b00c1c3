import type { TournamentData } from '@main/scan/clustering/choosing/candidates';
import type { Engine } from '@main/scan/engine/engine';
import { RANKS_KNOWN } from '@main/scan/neighbors/find-look-alikes';
import { normalizeRows, viewMatrix, type ViewSet } from '@main/scan/math/matrix';
import { chooseNumNeighbors, filterNeighbors, mineNeighbors } from '@main/scan/neighbors';

/** What a tournament works on, as the pipeline prepares it; the views are taken as learned features and made of length 1 in place. */
export async function prepareTournament(features: ViewSet, engine: Engine): Promise<TournamentData> {
  normalizeRows(features.values, features.width);
  const vectors = viewMatrix(features, 0);
  const numNeighbors = chooseNumNeighbors(vectors.rows);
  const neighbors = await mineNeighbors({ vectors, numNeighbors: RANKS_KNOWN * numNeighbors, engine, seed: 1 });
  const edges = filterNeighbors({ neighbors, numNeighbors, vectors, seed: 1 });
  return { features, vectors, neighbors, edges, numNeighbors, seed: 1, engine };
}
