import { clusterPhotos } from '../../scan/clustering/tournament';
import type { MethodSteps } from '../../scan/run-method';
import { checkpointed } from '../checkpoint';
import { type StageContext, timeStage } from '../stage-context';

/** Step 3 as stage 5: trains SCAN's cluster heads, and finds out how many groups there are where nobody said. */
export function keepClusters(context: StageContext, inputHash: string): MethodSteps['clusterPhotos'] {
  return (options) =>
    timeStage(context, 'cluster', async (record) => {
      const part = context.progress.begin('cluster', 'Finding what belongs together', 1000);
      const onProgress = (done: number, total: number): void => part.to((1000 * done) / total);
      const clustering = await checkpointed(context, 'cluster', inputHash, () =>
        clusterPhotos({ ...options, onProgress }),
      );
      Object.assign(record, { items: options.vectors.rows, inputHash, note: clustering.chosen });
      return clustering;
    });
}
