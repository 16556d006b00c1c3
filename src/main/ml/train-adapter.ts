import { addBias, relu, standardizeRows, type Adapter } from './adapter';
import { cosineDecay, createAdam } from './adam';
import type { Engine } from './engine';
import { multiply, topSubspace } from './linear-algebra';
import { ntXentLossGradient } from './losses/nt-xent-loss';
import { createMatrix, createViewSet, meanOverViews, normalizeRows, viewRows } from './matrix';
import type { AnyViewSet, Matrix, ViewSet } from './matrix';
import { createPacer, type OnProgress } from './pace';
import { createRandom, deriveSeed, normalValues, type Random } from './random';

export interface TrainAdapterOptions {
  /** Trunk features, two views at least. Shape: [V, N, D]. */
  views: AnyViewSet;
  /** Unit of each photo: photos of one unit are no negatives of each other. Shape: [N]. */
  unitIndex?: Int32Array;
  seed: number;
  engine: Engine;
  steps?: number;
  batch?: number;
  temperature?: number;
  learningRate?: number;
  /** Directions of the trunk's features that the training sees. */
  inputWidth?: number;
  hiddenWidth?: number;
  width?: number;
  signal?: AbortSignal;
  onProgress?: OnProgress;
}

/**
 * Steps of a batch of 256: about 40 times every photo. Longer training learns small sets by heart (purity of the neighbours of
 * 1,200 photos: .943 after 150 steps, .940 after 300, .935 after 1,000); 5,000 photos gain nothing after 600.
 */
export function chooseAdapterSteps(numPhotos: number): number {
  return Math.min(1000, Math.max(150, Math.round((40 * numPhotos) / 256)));
}

/**
 * Trains the adapter with SimCLR's loss over cached views: a photo under two views must land close, apart from all others.
 *
 * [Note: The adapter trains on compressed features] Most of the time of a step is the first layer's 1280 columns. Its inputs
 * are first turned onto their directions of largest variance; the turn is folded into the first layer afterwards, so the result is an
 * ordinary network on trunk features.
 */
export async function trainAdapter(options: TrainAdapterOptions): Promise<Adapter> {
  const { views, seed, engine, signal, onProgress, unitIndex } = options;
  const { temperature = 0.5, learningRate = 1e-3, hiddenWidth = 256, width = 128 } = options;
  const numPhotos = Math.min(options.batch ?? 256, views.numPhotos);
  const steps = options.steps ?? chooseAdapterSteps(views.numPhotos);
  const { mean, directions, inputs } = await compress(views, options.inputWidth ?? 256, seed, engine);
  const random = createRandom(deriveSeed(seed, 'adapter'));
  const first = heWeights(random, inputs.width, hiddenWidth);
  const second = heWeights(random, hiddenWidth, width);
  const firstBias = new Float32Array(hiddenWidth);
  const secondBias = new Float32Array(width);
  const parameters = [first.values, firstBias, second.values, secondBias];
  const adams = parameters.map((values) => createAdam(values, { weightDecay: 1e-4 }));
  const pace = createPacer(signal);
  const batch = createMatrix(2 * numPhotos, inputs.width);
  for (let step = 0; step < steps; step++) {
    await pace();
    const units = samplePhotos(inputs, random, batch, unitIndex);
    const hidden = await multiply(engine, batch, first);
    addBias(hidden.values, firstBias);
    relu(hidden.values);
    const z = await multiply(engine, hidden, second);
    addBias(z.values, secondBias);
    const lengths = rowLengths(z);
    normalizeRows(z.values, width);
    const { gradient } = await ntXentLossGradient(engine, z, { temperature, unitIndex: unitIndex && units });
    throughNormalization(gradient, z, lengths);
    const secondGradient = await multiply(engine, hidden, gradient, { transposeA: true });
    const hiddenGradient = await multiply(engine, gradient, second, { transposeB: true });
    for (let i = 0; i < hidden.values.length; i++) if (hidden.values[i] === 0) hiddenGradient.values[i] = 0;
    const firstGradient = await multiply(engine, batch, hiddenGradient, { transposeA: true });
    const gradients = [firstGradient.values, sumRows(hiddenGradient), secondGradient.values, sumRows(gradient)];
    const rate = cosineDecay(learningRate, step, steps);
    gradients.forEach((values, i) => adams[i]!.step(values, rate));
    onProgress?.(step + 1, steps);
  }
  return { mean, first: await multiply(engine, directions, first), firstBias, second, secondBias };
}

/** The inputs of the training: standardised features on their `width` directions of largest variance, [V, N, width]. */
async function compress(views: AnyViewSet, width: number, seed: number, engine: Engine) {
  const centers = meanOverViews(views);
  const mean = new Float32Array(views.width);
  for (let i = 0; i < centers.values.length; i++) mean[i % views.width]! += centers.values[i]! / views.numPhotos;
  const standardized = createMatrix(
    views.numPhotos,
    views.width,
    standardizeRows(viewRows(views, 0, 0, views.numPhotos), mean),
  );
  const spread = await multiply(engine, standardized, standardized, { transposeA: true });
  const count = Math.min(width, views.width, views.numPhotos);
  const directions = await topSubspace(engine, spread, count, createRandom(deriveSeed(seed, 'adapter', 'inputs')), 4);
  const inputs = createViewSet(views.numViews, views.numPhotos, count);
  for (let v = 0; v < views.numViews; v++) {
    const rows = standardizeRows(viewRows(views, v, 0, views.numPhotos), mean);
    const turned = await multiply(engine, createMatrix(views.numPhotos, views.width, rows), directions);
    inputs.values.set(turned.values, v * views.numPhotos * count);
  }
  return { mean, directions, inputs };
}

/** Fills the batch with different photos under two different views each: rows i and i + B. Returns the photos' units. */
function samplePhotos(inputs: ViewSet, random: Random, batch: Matrix, unitIndex?: Int32Array): Int32Array {
  const { numViews, numPhotos, width } = inputs;
  const half = batch.rows / 2;
  const units = new Int32Array(half);
  const photos = samplesWithout(random, numPhotos, half);
  for (let i = 0; i < half; i++) {
    const photo = photos[i]!;
    const one = random.int(numViews);
    const two = (one + 1 + random.int(numViews - 1)) % numViews;
    units[i] = unitIndex?.[photo] ?? photo;
    for (const [row, view] of [
      [i, one],
      [half + i, two],
    ] as const) {
      const from = (view * numPhotos + photo) * width;
      batch.values.set(inputs.values.subarray(from, from + width), row * width);
    }
  }
  return units;
}

/** `count` different numbers below `limit`: the start of a random permutation, without making all of it. */
function samplesWithout(random: Random, limit: number, count: number): Int32Array {
  const moved = new Map<number, number>();
  const chosen = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const j = i + random.int(limit - i);
    chosen[i] = moved.get(j) ?? j;
    moved.set(j, moved.get(i) ?? i);
  }
  return chosen;
}

function heWeights(random: Random, rows: number, columns: number): Matrix {
  return createMatrix(rows, columns, normalValues(random, rows * columns, Math.sqrt(1 / rows)));
}

function rowLengths({ rows, columns, values }: Matrix): Float32Array {
  const lengths = new Float32Array(rows);
  for (let i = 0; i < values.length; i++) lengths[Math.floor(i / columns)]! += values[i]! ** 2;
  return lengths.map((sum) => Math.max(Math.sqrt(sum), 1e-12));
}

/** Turns the gradient with respect to z = y/|y| into the one with respect to y, in place: (g − z⟨z, g⟩)/|y|. */
function throughNormalization(gradient: Matrix, z: Matrix, lengths: Float32Array): void {
  const { rows, columns, values } = gradient;
  for (let i = 0; i < rows; i++) {
    let along = 0;
    for (let at = i * columns; at < (i + 1) * columns; at++) along += values[at]! * z.values[at]!;
    for (let at = i * columns; at < (i + 1) * columns; at++)
      values[at] = (values[at]! - z.values[at]! * along) / lengths[i]!;
  }
}

function sumRows({ columns, values }: Matrix): Float32Array {
  const sums = new Float32Array(columns);
  for (let start = 0; start < values.length; start += columns)
    for (let j = 0; j < columns; j++) sums[j]! += values[start + j]!;
  return sums;
}
