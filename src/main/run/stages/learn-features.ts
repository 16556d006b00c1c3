import { decodeFeatureModel, encodeFeatureModel } from '../../scan/pretext/feature-model';
import { fitFeatureModel, readFeatures } from '../../scan/pretext/learn-features';
import type { MethodSteps } from '../../scan/run-method';
import type { StreamedViewSet } from '../../scan/math/matrix';
import { type StageContext, timeStage } from '../stage-context';
import type { Embedded } from './embed';

/** Step 1 as stage 3. A model that was learned from the same photos before is used again. */
export function keepFeatures(
  context: StageContext,
  embedded: Embedded,
  inputHash: string,
): MethodSteps['learnFeatures'] {
  const { store, progress } = context;
  return (views, settings) =>
    timeStage(context, 'learn-features', async (record) => {
      Object.assign(record, { items: embedded.photoIds.length, inputHash });
      const part = progress.begin('learn-features', 'Learning what your photos look like', 100);
      let known = store.learned.featureModel(inputHash);
      if (!known) {
        const model = encodeFeatureModel(await fitFeatureModel(views, settings));
        part.to(50);
        known = { id: store.learned.putFeatureModel(embedded.trunkId, inputHash, model), model };
      }
      const learned = await readFeatures(settings.engine, decodeFeatureModel(known.model), views);
      // Splitting a group, and everything else that compares photos between runs, reads these.
      if (store.learned.numVectors(known.id) !== learned.vectors.rows) {
        store.learned.putVectors(known.id, embedded.photoIds, learned.vectors);
      }
      return learned;
    });
}

/** Trunk features of all photos, read as they are asked for. */
export function trunkViews({ store }: StageContext, { trunkId, photoIds, numViews }: Embedded): StreamedViewSet {
  const width = store.embeddings.width(trunkId) ?? 0;
  return {
    ...{ numViews, numPhotos: photoIds.length, width },
    read: (view, start, count) => store.embeddings.read(trunkId, photoIds.slice(start, start + count), view, width),
  };
}
