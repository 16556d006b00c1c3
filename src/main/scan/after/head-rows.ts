import type { Heads } from '../clustering/heads/heads';
import type { HeadRows } from './refit-head';

/** The first head with a group's weights in one piece, as re-fitting wants them. */
export function toRows({ width, numClusters, weights, biases }: Heads): HeadRows {
  return {
    ...{ width, numGroups: numClusters, biases: biases.slice(0, numClusters) },
    weights: turned(weights.subarray(0, width * numClusters), width, numClusters),
  };
}

/** The same as one head among heads. */
export function fromRows({ width, numGroups, weights, biases }: HeadRows): Heads {
  return {
    ...{ numHeads: 1, width, numClusters: numGroups, biases },
    weights: turned(weights, numGroups, width),
    selectionLoss: new Float32Array(1),
    deadClusters: new Int32Array(1),
  };
}

/** [A, B] → [B, A]. */
function turned(values: Float32Array, a: number, b: number): Float32Array {
  const out = new Float32Array(a * b);
  for (let i = 0; i < a; i++) for (let j = 0; j < b; j++) out[j * a + i] = values[i * b + j]!;
  return out;
}
