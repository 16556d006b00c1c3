import { RANKS_KNOWN } from '../../scan/clustering/choosing/judge';
import type { NeighborLists, RaggedNeighbors } from '../../scan/neighbors/neighbor-lists';
import { chooseNumNeighbors, filterNeighbors, mineNeighbors as mine } from '../../scan/neighbors';
import type { NeighborRow } from '../../store/learned';
import { type StageContext, timeStage } from '../stage-context';
import type { Embedded } from './embed';
import type { Learned } from './learn-features';

export interface Mined {
  /** 3K ranks: the first K teach, the others judge. */
  lists: NeighborLists;
  /** K. */
  numNeighbors: number;
  /** The first K ranks, without those that cannot be trusted. */
  kept: RaggedNeighbors;
}

/** Stage 4: finds the most similar photos of every photo and keeps those that can be trusted. */
export async function mineNeighbors(context: StageContext, embedded: Embedded, learned: Learned): Promise<Mined> {
  return timeStage(context, 'mine-neighbors', async (record) => {
    const { store, options, progress, signal } = context;
    const { vectors, featureModelId } = learned;
    record.items = vectors.rows;
    const part = progress.begin('mine-neighbors', 'Finding look-alikes', vectors.rows);
    const numNeighbors = chooseNumNeighbors(vectors.rows);
    const seed = options.seed;
    const lists = await mine({
      vectors,
      numNeighbors: RANKS_KNOWN * numNeighbors,
      engine: await context.engine(),
      seed,
      signal,
      onProgress: (done, total) => part.to(done, total),
    });
    if (store.learned.numNeighborLists(featureModelId) !== vectors.rows) {
      store.learned.putNeighbors(featureModelId, rowsOf(lists, 2 * numNeighbors, embedded.photoIds));
    }
    return { lists, numNeighbors, kept: filterNeighbors({ neighbors: lists, numNeighbors, vectors, seed }) };
  });
}

/** The first ranks of every photo, to be stored. */
function* rowsOf(
  { numPhotos, numNeighbors, indices, similarities }: NeighborLists,
  numKept: number,
  photoIds: readonly number[],
): Iterable<NeighborRow> {
  for (let photo = 0; photo < numPhotos; photo++) {
    const start = photo * numNeighbors;
    const known = indices.subarray(start, start + Math.min(numKept, numNeighbors)).filter((index) => index >= 0);
    yield {
      photoId: photoIds[photo]!,
      neighborIds: known.map((index) => photoIds[index]!),
      similarities: similarities.subarray(start, start + known.length),
    };
  }
}
