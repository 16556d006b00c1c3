/**
 * @file What a person said about photos, as heads can learn it. [Note: Lessons]
 *
 * A head that is being trained has no names for its clusters yet, so «belongs to X» cannot be a target: it becomes «together with the
 * others that belong to X» and «apart from those that belong elsewhere», which hold for every head. Once groups are known, the same
 * lessons are targets of rows (see refit-head.ts).
 */
import type { Engine } from '../../engine/engine';
import { createLinearLayer } from '../../math/linear-layer';
import { apartLossGradient } from '../losses/apart-loss';
import type { ViewSet } from '../../math/matrix';
import type { RaggedNeighbors } from '../../neighbors/neighbor-lists';
import { createRandom, type Random } from '@shared/random';

export interface Lessons {
  /** Photos that the person put into the same group share a number; −1 where nobody said. Shape: [N]. */
  kinds: Int32Array;
  numKinds: number;
  /** Examples of each kind: the photos put there, or typical ones of a group that was only ever refused. */
  examples: readonly Int32Array[];
  /** «Not this group»: photo and kind. */
  rejected: readonly (readonly [photo: number, kind: number])[];
  /** Pairs that were judged as such. */
  together: readonly (readonly [number, number])[];
  apart: readonly (readonly [number, number])[];
}

export type Pair = readonly [number, number];

/** Draws pairs from lessons; null where they hold none of that sort. */
export function pairsOfLessons(lessons: Lessons): {
  together: ((random: Random) => Pair) | null;
  apart: ((random: Random) => Pair) | null;
  numTogether: number;
  numApart: number;
} {
  const { kinds, examples } = lessons;
  const taught = [...kinds.keys()].filter((photo) => kinds[photo]! >= 0);
  const withPeers = taught.filter((photo) => examples[kinds[photo]!]!.length > 1);
  const others = taught.filter((photo) => taught.some((other) => kinds[other] !== kinds[photo]));
  const rejected = lessons.rejected.filter(([, kind]) => examples[kind]!.length > 0);
  const pick = <T>(list: ArrayLike<T>, random: Random): T => list[random.int(list.length)]!;
  const drawTogether = (random: Random): Pair => {
    const at = random.int(withPeers.length + lessons.together.length);
    if (at >= withPeers.length) return lessons.together[at - withPeers.length]!;
    const photo = withPeers[at]!;
    for (;;) {
      const other = pick(examples[kinds[photo]!]!, random);
      if (other !== photo) return [photo, other];
    }
  };
  const drawApart = (random: Random): Pair => {
    const at = random.int(others.length + rejected.length + lessons.apart.length);
    if (at >= others.length + rejected.length) return lessons.apart[at - others.length - rejected.length]!;
    if (at >= others.length) {
      const [photo, kind] = rejected[at - others.length]!;
      return [photo, pick(examples[kind]!, random)];
    }
    for (;;) {
      const other = pick(taught, random);
      if (kinds[other] !== kinds[others[at]!]) return [others[at]!, other];
    }
  };
  const numTogether = withPeers.length + lessons.together.length;
  const numApart = others.length + rejected.length + lessons.apart.length;
  return {
    ...{ numTogether, numApart },
    together: numTogether > 0 ? drawTogether : null,
    apart: numApart > 0 ? drawApart : null,
  };
}

/** Largest share of a batch that lessons take, half of it for each sort of pair. */
const SHARE = 0.25;

export interface Teacher {
  /** Puts pairs that belong together in the place of a batch's first pairs. */
  placeTogether(inputs: Float32Array): void;
  /** Adds the gradient of pairs that do not belong together to that of the batch. */
  addApart(
    head: { weights: Float32Array; biases: Float32Array },
    gradient: { weights: Float32Array; biases: Float32Array },
  ): Promise<void>;
}

/**
 * Brings lessons into the training of many heads at once. A few lessons take a few pairs of each batch, many a quarter of it.
 *
 * @param shape Of the batch: pairs, heads, clusters.
 */
export function createTeacher(
  lessons: Lessons,
  features: ViewSet,
  shape: { numPairs: number; numHeads: number; numClusters: number },
  engine: Engine,
  seed: number,
): Teacher {
  const { numViews, numPhotos, width } = features;
  const { numPairs, numHeads, numClusters } = shape;
  const pairs = pairsOfLessons(lessons);
  const most = Math.floor((numPairs * SHARE) / 2);
  const numTogether = Math.min(most, pairs.numTogether);
  const numApart = Math.min(most, pairs.numApart);
  const outputs = numHeads * numClusters;
  const random = createRandom(seed);
  const layer = numApart > 0 ? createLinearLayer(engine, { numRows: 2 * numApart, width, numOutputs: outputs }) : null;
  const copy = (photo: number, to: Float32Array, at: number): void => {
    const start = (random.int(numViews) * numPhotos + photo) * width;
    to.set(features.values.subarray(start, start + width), at);
  };
  return {
    placeTogether(inputs) {
      for (let i = 0; i < numTogether; i++) {
        const [a, b] = pairs.together!(random);
        copy(a, inputs, i * width);
        copy(b, inputs, (numPairs + i) * width);
      }
    },
    async addApart(head, gradient) {
      if (!layer) return;
      for (let i = 0; i < numApart; i++) {
        const [a, b] = pairs.apart!(random);
        copy(a, layer.inputs, i * width);
        copy(b, layer.inputs, (numApart + i) * width);
      }
      const logits = await layer.forward(head.weights);
      for (let at = 0; at < logits.length; at++) logits[at]! += head.biases[at % outputs]!;
      apartLossGradient(logits, { numPairs: numApart, numHeads, numClusters }, 1 / numPairs);
      const slope = await layer.backward(logits);
      for (let at = 0; at < slope.length; at++) gradient.weights[at]! += slope[at]!;
      for (let at = 0; at < logits.length; at++) gradient.biases[at % outputs]! += logits[at]!;
    },
  };
}

/** Trusted edges as the person corrected them: none between photos said to be apart, one between photos said to be together. */
export function correctEdges(edges: RaggedNeighbors, lessons: Lessons): RaggedNeighbors {
  const { kinds } = lessons;
  const apart = new Set(lessons.apart.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const refused = new Set(lessons.rejected.map(([photo, kind]) => `${photo} ${kind}`));
  const isApart = (a: number, b: number): boolean =>
    (kinds[a]! >= 0 && kinds[b]! >= 0 && kinds[a] !== kinds[b]) ||
    refused.has(`${a} ${kinds[b]!}`) ||
    refused.has(`${b} ${kinds[a]!}`) ||
    apart.has(`${a} ${b}`);
  const added = new Map<number, number[]>();
  for (const [a, b] of lessons.together) {
    added.set(a, [...(added.get(a) ?? []), b]);
    added.set(b, [...(added.get(b) ?? []), a]);
  }
  const offsets = new Int32Array(edges.offsets.length);
  const indices: number[] = [];
  const weights: number[] = [];
  for (let photo = 0; photo + 1 < offsets.length; photo++) {
    for (let edge = edges.offsets[photo]!; edge < edges.offsets[photo + 1]!; edge++) {
      const neighbor = edges.indices[edge]!;
      if (isApart(photo, neighbor)) continue;
      indices.push(neighbor);
      weights.push(edges.weights[edge]!);
    }
    for (const other of added.get(photo) ?? []) {
      indices.push(other);
      weights.push(1);
    }
    offsets[photo + 1] = indices.length;
  }
  return { ...edges, offsets, indices: Int32Array.from(indices), weights: Float32Array.from(weights) };
}
