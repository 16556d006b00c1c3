import { cosineDecay, createAdam } from '../../math/adam';
import type { Engine } from '../../engine/engine';
import { swapOuter, type Heads } from './heads';
import { createPairStep } from '../../engine/kernels/pair-step';
import { createTeacher, type Lessons } from './lessons';
import { createLinearLayer } from '../../math/linear-layer';
import { scanLossGradient } from '../losses/scan-loss';
import { temiLossGradient } from '../losses/temi-loss';
import { release, type ViewSet } from '../../math/matrix';
import { toRagged, type AnyNeighbors } from '../../neighbors/neighbor-lists';
import { createPacer, type OnProgress } from '../../engine/pace';
import { createRandom, deriveSeed, normalValues } from '@shared/random';
import { photosWithNeighbors, samplePairs } from './sample-pairs';
import { scoreHeads } from './score-heads';

export interface TrainHeadsOptions {
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
  /** Who belongs together. Photos without neighbours are never anchors. */
  neighbors: AnyNeighbors;
  /** Wider lists for the first half of the steps: their stray pairs help heads out of bad local optima. */
  earlyNeighbors?: AnyNeighbors;
  numClusters: number;
  numHeads?: number;
  objective?: 'scan' | 'temi';
  /** Heads to go on from, as many as are trained; random ones where left out. */
  start?: Heads;
  /** 1,000 are enough on weighted whitened features: 2,000 change accuracy by a point at most, either way. */
  steps?: number;
  /** Pairs a step; `chooseBatch` where left out. */
  batch?: number;
  learningRate?: number;
  /** λ of the SCAN loss. */
  entropyWeight?: number;
  /** π of the SCAN loss: the share each cluster is expected to have, uniform where left out. Shape: [C]. */
  prior?: Float32Array;
  /** β of the TEMI loss. */
  beta?: number;
  /** Weight of each photo as an anchor, 1 each where left out. Shape: [N]. */
  photoWeights?: Float32Array;
  /** Pairs that select the head: neighbours kept out of training. The first five of `neighbors` where left out. */
  heldOut?: AnyNeighbors;
  /** What the person said; a part of every batch. */
  lessons?: Lessons;
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

/** Pairs a step: enough that every cluster is seen several times, all photos at once in a small library. */
export function chooseBatch(numPhotos: number, numClusters: number): number {
  if (numPhotos <= 1024) return Math.min(numPhotos, 512);
  return Math.min(4096, Math.max(512, 2 ** Math.ceil(Math.log2(8 * numClusters))));
}

/**
 * Trains linear cluster heads on cached features, all heads at once: a photo and its neighbour, each under a random view, must
 * get the same cluster (see `losses/scan-loss.ts` and `losses/temi-loss.ts`).
 *
 * One step is one gather, one product [2B, D]·[D, H·C], one pass for softmax, loss and gradient in WebAssembly, one product for the
 * gradient of the weights, and Adam in place. Only the two products run on the engine, and they are the same on each.
 *
 * Heads see rows times √D. Here the weights carry the √D, so that rows are copied as they are; Adam moves them by √D times the rate then,
 * which is the same step, since it does not mind how large gradients are.
 */
export async function trainHeads(options: TrainHeadsOptions): Promise<Heads> {
  const { features, numClusters, seed, engine, signal, onProgress } = options;
  const {
    numHeads = 10,
    objective = 'scan',
    steps = 2000,
    learningRate = 0.03,
    entropyWeight = 5,
    beta = 0.6,
  } = options;
  const { width } = features;
  const outputs = numHeads * numClusters;
  const lists = toRagged(options.neighbors);
  const earlyLists = options.earlyNeighbors ? toRagged(options.earlyNeighbors) : lists;
  const anchors = photosWithNeighbors(lists.offsets);
  if (anchors.length === 0) throw new RangeError('No photo has a neighbour, so there is nothing to learn from.');
  const numPairs = Math.min(options.batch ?? chooseBatch(features.numPhotos, numClusters), anchors.length);

  const shape = { numPairs, numHeads, numClusters };
  const batch = createPairStep(shape);
  const { biases, pairWeights, logits, biasGradient } = batch;
  const scale = Math.sqrt(width);
  const weightAdam = createAdam(startWeights(options, numHeads).map((weight) => weight * scale));
  const biasAdam = createAdam(options.start?.biases ?? new Float32Array(outputs));
  const weights = weightAdam.parameters;
  const layer = createLinearLayer(engine, { numRows: 2 * numPairs, width, numOutputs: outputs });
  const runningMean = new Float32Array(outputs).fill(1 / numClusters);
  const prior = options.prior && Float32Array.from({ length: outputs }, (_, j) => options.prior![j % numClusters]!);
  const random = createRandom(deriveSeed(seed, 'heads', 'batches'));
  const teacher = options.lessons
    ? createTeacher(options.lessons, features, shape, engine, deriveSeed(seed, 'heads', 'lessons'))
    : null;
  const pace = createPacer(signal);

  for (let step = 0; step < steps; step++) {
    await pace();
    samplePairs(
      features,
      step < steps / 2 ? earlyLists : lists,
      anchors,
      options.photoWeights,
      random,
      layer.inputs,
      pairWeights,
    );
    teacher?.placeTogether(layer.inputs);
    biases.set(biasAdam.parameters);
    const outputValues = await layer.forward(weights);
    logits.set(outputValues);
    release(outputValues);
    if (objective === 'temi') {
      temiLossGradient(batch, { beta, runningMean });
      for (let j = 0; j < outputs; j++) runningMean[j] = 0.9 * runningMean[j]! + 0.1 * batch.mean[j]!;
    } else {
      scanLossGradient(batch, { entropyWeight, prior });
    }
    const gradient = await layer.backward(logits);
    await teacher?.addApart({ weights, biases }, { weights: gradient, biases: biasGradient });
    const rate = cosineDecay(learningRate, step, steps, 0.01);
    weightAdam.step(gradient, rate * scale);
    release(gradient);
    biasAdam.step(biasGradient, rate);
    onProgress?.(step + 1, steps);
  }
  const heads: Heads = {
    numHeads,
    width,
    numClusters,
    weights: swapOuter(weights, width, numHeads, numClusters).map((weight) => weight / scale),
    biases: biasAdam.parameters.slice(),
    selectionLoss: new Float32Array(numHeads),
    deadClusters: new Int32Array(numHeads),
  };
  await scoreHeads(heads, features, options.heldOut ?? options.neighbors, engine);
  return heads;
}

/** [D, H·C]: small random numbers, or the heads given. */
function startWeights({ features, numClusters, seed, start }: TrainHeadsOptions, numHeads: number): Float32Array {
  const { width } = features;
  const outputs = numHeads * numClusters;
  if (start) return swapOuter(start.weights, numHeads, width, numClusters);
  const random = createRandom(deriveSeed(seed, 'heads', 'weights'));
  return normalValues(random, width * outputs, 0.1 / Math.sqrt(width));
}
