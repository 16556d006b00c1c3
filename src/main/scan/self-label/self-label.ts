import { type ConfidentPhotos, pickConfident } from '../confident/pick-confident';
import { createAdam } from '../math/adam';
import { argmaxRows } from '../math/probs';
import type { Engine } from '../engine/engine';
import { pickHeads, predictProbs, type Heads } from '../clustering/heads/heads';
import { createLinearLayer, type LinearLayer } from '../math/linear-layer';
import { selfLabelLossGradient } from './self-label-loss';
import { softmaxRows } from '../math/softmax';
import { release, type ViewSet } from '../math/matrix';
import { ari } from '../math/metrics';
import type { AnyNeighbors } from '../neighbors/neighbor-lists';
import { createPacer, type OnProgress } from '../engine/pace';
import { createRandom, deriveSeed } from '@shared/random';
import { scoreHeads } from '../clustering/heads/score-heads';

export interface SelfLabelOptions {
  /** The head to refine: one. */
  head: Heads;
  /** The photos that this head is sure of (see confident/pick-confident.ts). */
  confident: ConfidentPhotos;
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
  /** Neighbours kept out of training (or the trained ones), for the guard. */
  neighbors: AnyNeighbors;
  photoWeights?: Float32Array;
  epochs?: number;
  batch?: number;
  learningRate?: number;
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

export interface SelfLabelReport {
  accepted: boolean;
  reason: string;
  /** Share of photos confident enough to teach, at the start. */
  coverage: number;
  aliveBefore: number;
  aliveAfter: number;
  lossBefore: number;
  lossAfter: number;
  /** ARI of the labels before and after. */
  agreement: number;
}

/** Largest relative rise of the SCAN loss. */
const maxLossRise = 0.08;

/**
 * Step 5 of the method: self-labelling with a guard. Confident photos' labels, taken from a slowly moving average of the head
 * on the canonical view, teach the head on the other views.
 *
 * The refined head is accepted only if at least 95 % of the clusters stay alive, the SCAN loss on the given pairs does not
 * worsen by over 8 %, and the labels before and after agree (ARI ≥ 0.7). Otherwise the head comes back unchanged.
 *
 * [Note: Losses are compared at their best temperature] Cross entropy makes a head surer of everything, and the SCAN loss
 * punishes a sure disagreement hard: at temperature 1 it worsens even where the labels get better. Each head's loss is
 * therefore the least over a range of temperatures. Even so it rises by 2 to 6 % where accuracy rises by half a point to one
 * (5,000 small pictures: .598 → .605, .621 → .629) and by 10 % where it falls (learning rate 3e-3: .598 → .591).
 *
 * @returns One head, and what the guard saw.
 */
export async function selfLabel(options: SelfLabelOptions): Promise<{ heads: Heads; report: SelfLabelReport }> {
  const { features, engine, confident } = options;
  // Its own copy: scoring writes into a head.
  const before = pickHeads(options.head, [0]);
  const { numClusters } = before;
  const lossBefore = await bestLoss(before, options);
  const after = await refine(options, before);
  const lossAfter = await bestLoss(after, options);
  const labelsAfter = argmaxRows(await predictProbs(engine, after, features), numClusters);
  const agreement = ari(confident.labels, labelsAfter);
  const aliveBefore = numClusters - before.deadClusters[0]!;
  const aliveAfter = numClusters - after.deadClusters[0]!;

  const failures = [];
  if (aliveAfter < 0.95 * aliveBefore) failures.push(`${aliveBefore - aliveAfter} clusters emptied`);
  if (lossAfter > lossBefore + maxLossRise * Math.abs(lossBefore)) failures.push('neighbours agree less');
  if (agreement < 0.7) failures.push(`the groups changed too much (agreement ${agreement.toFixed(2)})`);
  const accepted = failures.length === 0;
  const report: SelfLabelReport = {
    accepted,
    reason: accepted ? 'all clusters alive, neighbours agree as before' : failures.join('; '),
    ...{ coverage: confident.coverage, aliveBefore, aliveAfter, lossBefore, lossAfter, agreement },
  };
  return { heads: accepted ? after : before, report };
}

/** Least SCAN loss on the given pairs over a range of temperatures. Leaves the head's score at temperature 1 in it. */
async function bestLoss(head: Heads, { features, neighbors, engine }: SelfLabelOptions): Promise<number> {
  await scoreHeads(head, features, neighbors, engine);
  let best = head.selectionLoss[0]!;
  for (const temperature of [0.5, 0.7, 1.4, 2, 2.8, 4]) {
    const cooled = {
      ...head,
      weights: head.weights.map((value) => value / temperature),
      biases: head.biases.map((value) => value / temperature),
      selectionLoss: new Float32Array(1),
      deadClusters: new Int32Array(1),
    };
    await scoreHeads(cooled, features, neighbors, engine);
    best = Math.min(best, cooled.selectionLoss[0]!);
  }
  return best;
}

async function refine(options: SelfLabelOptions, start: Heads): Promise<Heads> {
  const { features, engine, seed, signal, onProgress, photoWeights, epochs = 40, learningRate = 1e-3 } = options;
  const { numViews, numPhotos, width } = features;
  const { numClusters } = start;
  const size = Math.min(options.batch ?? 512, numPhotos);
  const steps = epochs * Math.max(1, Math.floor(numPhotos / size));
  const scale = Math.sqrt(width);
  const adams = [createAdam(start.weights), createAdam(start.biases)] as const;
  const student = { weights: adams[0].parameters, biases: adams[1].parameters };
  const teacher = { weights: start.weights.slice(), biases: start.biases.slice() };
  const random = createRandom(deriveSeed(seed, 'self-label'));
  const pace = createPacer(signal);
  const shape = { numRows: size, width, numOutputs: numClusters };
  const weak = createLinearLayer(engine, shape);
  const strong = createLinearLayer(engine, shape);
  const weights = new Float32Array(size);
  let order = random.permutation(numPhotos);
  let classShares = new Float64Array(numClusters).fill(1 / numClusters);
  let counts = new Float64Array(numClusters);
  for (let step = 0, at = 0; step < steps; step++, at += size) {
    await pace();
    if (at + size > numPhotos) {
      order = random.permutation(numPhotos);
      at = 0;
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (total > 0) classShares = counts.map((count) => count / total);
      counts = new Float64Array(numClusters);
    }
    for (let i = 0; i < size; i++) {
      const photo = order[at + i]!;
      copyRow(features, 0, photo, weak.inputs, i, scale);
      copyRow(features, numViews > 1 ? 1 + random.int(numViews - 1) : 0, photo, strong.inputs, i, scale);
    }
    const taught = await forward(weak, teacher);
    softmaxRows(taught, numClusters);
    const { labels, isConfident } = pickConfident(taught, numClusters);
    for (let i = 0; i < size; i++) {
      const label = labels[i]!;
      if (isConfident[i]) counts[label]!++;
      const balance = Math.min(10, 1 / (numClusters * Math.max(classShares[label]!, 1e-6)));
      weights[i] = isConfident[i] ? balance * (photoWeights?.[order[at + i]!] ?? 1) : 0;
    }
    const gradient = await forward(strong, student);
    selfLabelLossGradient(gradient, labels, weights, numClusters);
    const slopes = await strong.backward(gradient);
    adams[0].step(slopes, learningRate);
    adams[1].step(columnSums(gradient, numClusters), learningRate);
    for (const array of [taught, gradient, slopes]) release(array);
    follow(teacher.weights, student.weights, 0.999);
    follow(teacher.biases, student.biases, 0.999);
    onProgress?.(step + 1, steps);
  }
  const learned = { weights: student.weights.slice(), biases: student.biases.slice() };
  return { ...start, ...learned, selectionLoss: new Float32Array(1), deadClusters: new Int32Array(1) };
}

async function forward(
  layer: LinearLayer,
  { weights, biases }: { weights: Float32Array; biases: Float32Array },
): Promise<Float32Array> {
  const values = await layer.forward(weights);
  for (let i = 0; i < values.length; i++) values[i]! += biases[i % biases.length]!;
  return values;
}

function copyRow(from: ViewSet, view: number, photo: number, to: Float32Array, row: number, scale: number): void {
  const start = (view * from.numPhotos + photo) * from.width;
  for (let d = 0; d < from.width; d++) to[row * from.width + d] = from.values[start + d]! * scale;
}

function columnSums(values: Float32Array, width: number): Float32Array {
  const sums = new Float32Array(width);
  for (let i = 0; i < values.length; i++) sums[i % width]! += values[i]!;
  return sums;
}

function follow(average: Float32Array, values: Float32Array, decay: number): void {
  for (let i = 0; i < values.length; i++) average[i] = decay * average[i]! + (1 - decay) * values[i]!;
}
