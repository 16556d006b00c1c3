import { cosineDecay, createAdam } from '../../math/adam';
import type { Engine } from '../../engine/engine';
import type { Heads } from './heads';
import { createLinearLayer } from '../../math/linear-layer';
import { softmaxRows } from '../../math/softmax';
import type { ViewSet } from '../../math/matrix';
import { createPacer } from '../../engine/pace';
import { createRandom, deriveSeed } from '@shared/random';

export interface DistillOptions {
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
  /** What the head is to say of each photo. Shape: [N, C]. */
  targets: Float32Array;
  numClusters: number;
  photoWeights?: Float32Array;
  steps?: number;
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
}

/**
 * Fits one linear head to given probabilities, by cross entropy on random views.
 *
 * The mean over aligned heads, or a sum over merged clusters, is no head: this makes one of it, which can place new photos and
 * which self-labelling can refine. Convex, so the start does not matter.
 *
 * @returns One head, its logits as `Heads` say: √D · x · weights + biases.
 */
export async function distillHead(options: DistillOptions): Promise<Heads> {
  const { features, targets, numClusters, photoWeights, steps = 300, seed, engine } = options;
  const { numViews, numPhotos, width } = features;
  const size = Math.min(512, numPhotos);
  const scale = Math.sqrt(width);
  const adams = {
    weights: createAdam(new Float32Array(width * numClusters)),
    biases: createAdam(new Float32Array(numClusters)),
  };
  const weights = adams.weights.parameters;
  const biases = adams.biases.parameters;
  const random = createRandom(deriveSeed(seed, 'distill'));
  const pace = createPacer(options.signal);
  const layer = createLinearLayer(engine, { numRows: size, width, numOutputs: numClusters });
  const photos = new Int32Array(size);
  for (let step = 0; step < steps; step++) {
    await pace();
    let total = 0;
    for (let i = 0; i < size; i++) {
      const photo = (photos[i] = random.int(numPhotos));
      total += photoWeights?.[photo] ?? 1;
      const from = (random.int(numViews) * numPhotos + photo) * width;
      for (let d = 0; d < width; d++) layer.inputs[i * width + d] = features.values[from + d]! * scale;
    }
    const gradient = await layer.forward(weights);
    for (let at = 0; at < gradient.length; at++) gradient[at]! += biases[at % numClusters]!;
    softmaxRows(gradient, numClusters);
    const biasGradient = new Float32Array(numClusters);
    for (let i = 0, at = 0; i < size; i++) {
      const share = (photoWeights?.[photos[i]!] ?? 1) / total;
      for (let c = 0; c < numClusters; c++, at++) {
        gradient[at] = share * (gradient[at]! - targets[photos[i]! * numClusters + c]!);
        biasGradient[c]! += gradient[at]!;
      }
    }
    const slope = await layer.backward(gradient);
    const rate = cosineDecay(0.03, step, steps, 0.01);
    adams.weights.step(slope, rate);
    adams.biases.step(biasGradient, rate);
  }
  return {
    numHeads: 1,
    width,
    numClusters,
    weights: weights.slice(),
    biases: biases.slice(),
    selectionLoss: new Float32Array(1),
    deadClusters: new Int32Array(1),
  };
}
