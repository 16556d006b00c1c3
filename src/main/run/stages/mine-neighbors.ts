import type { NeighborLists } from '../../scan/neighbors/neighbor-lists';
import { findLookAlikes } from '../../scan/neighbors/find-look-alikes';
import type { MethodSteps } from '../../scan/run-method';
import type { NeighborRow } from '../../store/learned';
import { type StageContext, timeStage } from '../stage-context';
import type { Embedded } from './embed';

/** Step 2 as stage 4. What is found is stored beside the features that it was found by. */
export function keepLookAlikes(
  context: StageContext,
  embedded: Embedded,
  featuresHash: string,
): MethodSteps['findLookAlikes'] {
  const { store, progress } = context;
  return (learned, options) =>
    timeStage(context, 'mine-neighbors', async (record) => {
      const numPhotos = learned.vectors.rows;
      record.items = numPhotos;
      const part = progress.begin('mine-neighbors', 'Finding look-alikes', numPhotos);
      const onProgress = (done: number, total: number): void => part.to(done, total);
      const mined = await findLookAlikes(learned, { ...options, onProgress });
      const { id } = store.learned.featureModel(featuresHash)!;
      if (store.learned.numNeighborLists(id) !== numPhotos) {
        store.learned.putNeighbors(id, rowsOf(mined.lists, 2 * mined.numNeighbors, embedded.photoIds));
      }
      return mined;
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
