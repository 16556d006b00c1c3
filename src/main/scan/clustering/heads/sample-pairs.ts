import type { ViewSet } from '../../math/matrix';
import type { Random } from '@shared/random';

/** The photos that can be anchors. */
export function photosWithNeighbors(offsets: Int32Array): Int32Array {
  const found: number[] = [];
  for (let i = 0; i + 1 < offsets.length; i++) if (offsets[i + 1]! > offsets[i]!) found.push(i);
  return Int32Array.from(found);
}

/** Gathers B anchors and one neighbour of each, each under a random view, into `inputs` [2B, D]. */
export function samplePairs(
  features: ViewSet,
  lists: { offsets: Int32Array; indices: Int32Array },
  anchors: Int32Array,
  photoWeights: Float32Array | undefined,
  random: Random,
  inputs: Float32Array,
  pairWeights: Float32Array,
): void {
  const { numViews, width } = features;
  const numPairs = pairWeights.length;
  let total = 0;
  for (let i = 0; i < numPairs; i++) {
    const anchor = anchors[random.int(anchors.length)]!;
    const first = lists.offsets[anchor]!;
    const neighbor = lists.indices[first + random.int(lists.offsets[anchor + 1]! - first)]!;
    copyRow(features, random.int(numViews), anchor, inputs, i * width);
    copyRow(features, random.int(numViews), neighbor, inputs, (numPairs + i) * width);
    pairWeights[i] = photoWeights?.[anchor] ?? 1;
    total += pairWeights[i]!;
  }
  for (let i = 0; i < numPairs; i++) pairWeights[i]! /= total;
}

function copyRow(
  { numPhotos, width, values }: ViewSet,
  view: number,
  photo: number,
  to: Float32Array,
  at: number,
): void {
  const start = (view * numPhotos + photo) * width;
  to.set(values.subarray(start, start + width), at);
}
