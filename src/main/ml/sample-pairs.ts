import type { Matrix, ViewSet } from './matrix';
import type { Random } from './random';

/** The photos that can be anchors. */
export function photosWithNeighbors(offsets: Int32Array): Int32Array {
  const found: number[] = [];
  for (let i = 0; i + 1 < offsets.length; i++) if (offsets[i + 1]! > offsets[i]!) found.push(i);
  return Int32Array.from(found);
}

/** Gathers B anchors and one neighbour of each, each under a random view, scaled to RMS 1, into `inputs` [2B, D]. */
export function samplePairs(
  features: ViewSet,
  lists: { offsets: Int32Array; indices: Int32Array },
  anchors: Int32Array,
  photoWeights: Float32Array | undefined,
  random: Random,
  inputs: Matrix,
  pairWeights: Float32Array,
): void {
  const { numViews, width } = features;
  const numPairs = pairWeights.length;
  const scale = Math.sqrt(width);
  let total = 0;
  for (let i = 0; i < numPairs; i++) {
    const anchor = anchors[random.int(anchors.length)]!;
    const first = lists.offsets[anchor]!;
    const neighbor = lists.indices[first + random.int(lists.offsets[anchor + 1]! - first)]!;
    copyScaled(features, random.int(numViews), anchor, inputs.values, i * width, scale);
    copyScaled(features, random.int(numViews), neighbor, inputs.values, (numPairs + i) * width, scale);
    pairWeights[i] = photoWeights?.[anchor] ?? 1;
    total += pairWeights[i]!;
  }
  for (let i = 0; i < numPairs; i++) pairWeights[i]! /= total;
}

function copyScaled(from: ViewSet, view: number, photo: number, to: Float32Array, at: number, scale: number): void {
  const start = (view * from.numPhotos + photo) * from.width;
  for (let d = 0; d < from.width; d++) to[at + d] = from.values[start + d]! * scale;
}
