import type { Engine } from '../../engine/engine';
import { multiply } from '../../math/linear-algebra';
import { softmaxRows } from '../../math/softmax';
import { createMatrix, release, viewRows, type ViewSet } from '../../math/matrix';

/** Linear cluster heads: logits = √D · x · weights + biases, for features x of length 1. */
export interface Heads {
  numHeads: number;
  /** D, the width of the features. */
  width: number;
  numClusters: number;
  /** Shape: [H, D, C]. */
  weights: Float32Array;
  /** Shape: [H, C]. */
  biases: Float32Array;
  /** Lower is better; compares heads of one training. Shape: [H]. */
  selectionLoss: Float32Array;
  /** Clusters that are no photo's most probable one. Shape: [H]. */
  deadClusters: Int32Array;
}

/**
 * The head with the lowest selection loss among those with the fewest dead clusters.
 */
export function selectHead(heads: Heads): number {
  let best = 0;
  for (let head = 1; head < heads.numHeads; head++) {
    const dead = heads.deadClusters[head]! - heads.deadClusters[best]!;
    if (dead < 0 || (dead === 0 && heads.selectionLoss[head]! < heads.selectionLoss[best]!)) best = head;
  }
  return best;
}

/** The named heads, in the order named: a copy. */
export function pickHeads(heads: Heads, picked: readonly number[]): Heads {
  const { width, numClusters } = heads;
  const size = width * numClusters;
  const weights = new Float32Array(picked.length * size);
  const biases = new Float32Array(picked.length * numClusters);
  picked.forEach((head, at) => {
    weights.set(heads.weights.subarray(head * size, (head + 1) * size), at * size);
    biases.set(heads.biases.subarray(head * numClusters, (head + 1) * numClusters), at * numClusters);
  });
  return {
    ...{ numHeads: picked.length, width, numClusters, weights, biases },
    selectionLoss: Float32Array.from(picked, (head) => heads.selectionLoss[head]!),
    deadClusters: Int32Array.from(picked, (head) => heads.deadClusters[head]!),
  };
}

/** Swaps the outer two axes: [A, B, C] → [B, A, C]. The product of all heads at once wants [D, H, C], storage [H, D, C]. */
export function swapOuter(values: Float32Array, a: number, b: number, c: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let i = 0; i < a; i++)
    for (let j = 0; j < b; j++) out.set(values.subarray((i * b + j) * c, (i * b + j + 1) * c), (j * a + i) * c);
  return out;
}

export interface PredictOptions {
  /** One head only; all where left out. */
  head?: number;
  /** The canonical view, or the mean of the probs over all views. */
  views?: 'canonical' | 'mean';
  /** Probs that are no longer needed, to be overwritten: every array is tens of megabytes in a large library. Shape: as returned. */
  into?: Float32Array;
}

/**
 * Probs of every photo under every head.
 *
 * @param features Rows of length 1. Shape: [V, N, D].
 * @returns Shape: [H, N, C], H = 1 where a head is named.
 */
export async function predictProbs(
  engine: Engine,
  heads: Heads,
  features: ViewSet,
  { head, views = 'canonical', into }: PredictOptions = {},
): Promise<Float32Array> {
  const used = head === undefined ? heads : pickHeads(heads, [head]);
  const { numHeads, width, numClusters, biases } = used;
  if (width !== features.width)
    throw new RangeError(`The heads read ${width} values, the features have ${features.width}.`);
  const { numPhotos } = features;
  const numViews = views === 'mean' ? features.numViews : 1;
  const outputs = numHeads * numClusters;
  const scaled = swapOuter(used.weights, numHeads, width, numClusters).map((value) => value * Math.sqrt(width));
  const map = createMatrix(width, outputs, scaled);
  const probs = into?.fill(0) ?? new Float32Array(numHeads * numPhotos * numClusters);
  const block = Math.max(64, Math.min(4096, Math.floor(2_000_000 / outputs)));
  for (let v = 0; v < numViews; v++) {
    for (let start = 0; start < numPhotos; start += block) {
      const count = Math.min(block, numPhotos - start);
      const rows = createMatrix(count, width, viewRows(features, v, start, count));
      const { values } = await multiply(engine, rows, map);
      for (let i = 0; i < values.length; i++) values[i]! += biases[i % outputs]!;
      softmaxRows(values, numClusters);
      for (let i = 0; i < count; i++) {
        for (let h = 0; h < numHeads; h++) {
          const from = i * outputs + h * numClusters;
          const to = (h * numPhotos + start + i) * numClusters;
          for (let c = 0; c < numClusters; c++) probs[to + c]! += values[from + c]! / numViews;
        }
      }
      release(values);
    }
  }
  return probs;
}
