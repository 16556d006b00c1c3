import { predictProbs } from '../clustering/heads/heads';
import type { Clustering } from '../clustering/clustering';
import type { Engine } from '../engine/engine';
import type { ViewSet } from '../math/matrix';
import { type ConfidentPhotos, pickConfident } from './pick-confident';

/** Who teaches in step 5, or why nobody does. */
export type Teachers = { confident: ConfidentPhotos } | { confident: null; why: string };

/** Below this many photos confident ones are too few to teach, unless the heads agree well. */
const SMALL_LIBRARY = 500;
const SMALL_LIBRARY_STABILITY = 0.6;

/** Step 4 of the method: the photos that the found groups are sure of, by the canonical view. */
export async function findTeachers(
  { features, engine }: { features: ViewSet; engine: Engine },
  { head, stability }: Pick<Clustering, 'head' | 'stability'>,
): Promise<Teachers> {
  if (!head) return { confident: null, why: 'there are no groups' };
  if (features.numPhotos < SMALL_LIBRARY && (stability ?? 0) < SMALL_LIBRARY_STABILITY) {
    return { confident: null, why: 'too few photos for the confident ones to teach the rest' };
  }
  return { confident: pickConfident(await predictProbs(engine, head, features), head.numClusters) };
}
