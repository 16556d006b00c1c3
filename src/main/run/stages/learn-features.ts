import { createHash } from 'node:crypto';

import {
  applyFeatureModel,
  decodeFeatureModel,
  encodeFeatureModel,
  photoVectors,
} from '../../scan/pretext/feature-model';
import type { Matrix, StreamedViewSet, ViewSet } from '../../scan/math/matrix';
import { fitWhitening } from '../../scan/pretext/whiten';
import { type StageContext, timeStage } from '../stage-context';
import type { Embedded } from './embed';

/** Rises when a change to the learning makes earlier results differ: they are then computed anew. */
export const LEARNING_VERSION = 14;

/** Learned features of every photo, in the order of {@link Embedded}. */
export interface Learned {
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
  /** Mean over views, of length 1: what neighbours are searched with. Shape: [N, D]. */
  vectors: Matrix;
  featureModelId: number;
  inputHash: string;
}

/** Stage 3: learns from the library's own photos how to compare them. A model learned from the same photos before is used again. */
export async function learnFeatures(context: StageContext, embedded: Embedded): Promise<Learned> {
  return timeStage(context, 'learn-features', async (record) => {
    const { store, options, progress, signal } = context;
    const inputHash = hashOf('features', embedded.inputHash, options.seed, options.engine);
    Object.assign(record, { items: embedded.photoIds.length, inputHash });
    const part = progress.begin('learn-features', 'Learning what your photos look like', 100);
    const engine = await context.engine();
    const views = trunkViews(context, embedded);
    let known = store.learned.featureModel(inputHash);
    if (!known) {
      const whitening = await fitWhitening(views, { engine, seed: options.seed, signal });
      part.to(50);
      const id = store.learned.putFeatureModel(embedded.trunkId, inputHash, encodeFeatureModel({ whitening }));
      known = { ...store.learned.featureModel(inputHash)!, id };
    }
    const features = await applyFeatureModel(engine, decodeFeatureModel(known.model), views);
    const vectors = photoVectors(features);
    // Splitting a group, and everything else that compares photos between runs, reads these.
    if (store.learned.numVectors(known.id) !== vectors.rows) {
      store.learned.putVectors(known.id, embedded.photoIds, vectors);
    }
    return { features, vectors, featureModelId: known.id, inputHash };
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

/** Names a computation by everything it depends on. */
export function hashOf(...parts: (string | number)[]): string {
  return createHash('sha256')
    .update([LEARNING_VERSION, ...parts].join('\n'))
    .digest('hex');
}
