import type { Engine } from '../engine/engine';
import type { AnyViewSet, Matrix, ViewSet } from '../math/matrix';
import { applyFeatureModel, photoVectors, type FeatureModel } from './feature-model';
import { fitWhitening } from './whiten';

export interface LearnOptions {
  engine: Engine;
  seed: number;
  signal?: AbortSignal;
}

/** What the photos look like, as everything after the first step reads it. */
export interface Learned {
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
  /** One row per photo, of length 1: what neighbors are searched with. Shape: [N, D]. */
  vectors: Matrix;
}

/** Learns from the photos themselves how to compare them. Shape of `views`: [V, N, F]. */
export async function fitFeatureModel(views: AnyViewSet, options: LearnOptions): Promise<FeatureModel> {
  return { whitening: await fitWhitening(views, options) };
}

/** Features of photos by a model that was fitted before. */
export async function readFeatures(engine: Engine, model: FeatureModel, views: AnyViewSet): Promise<Learned> {
  const features = await applyFeatureModel(engine, model, views);
  return { features, vectors: photoVectors(features) };
}

/** Step 1 of the method: fits a model to the photos and reads their features by it. */
export async function learnFeatures(views: AnyViewSet, options: LearnOptions): Promise<Learned> {
  return readFeatures(options.engine, await fitFeatureModel(views, options), views);
}
