/** @file The sets that methods are compared on, made from labelled embeddings: balanced, long-tailed, small, with junk. */
import { createViewSet, selectPhotos } from '@main/scan/math/matrix';
import { createRandom, deriveSeed } from '@shared/random';

import type { LabelledViews } from './embeddings';

const SMALL = ['small-60', 'small-200', 'small-500'] as const;
export const VARIANTS = ['balanced', 'four-fifths', 'zipf', 'zipf-by-name', ...SMALL, 'junk', 'junk-alike'] as const;
export type Variant = (typeof VARIANTS)[number];

export interface QualitySet extends LabelledViews {
  name: string;
  /** 1 for pictures mixed in that belong to no class. Shape: [N]. */
  isJunk: Uint8Array;
}

/**
 * Makes a set from a base. Equal seeds give equal sets.
 *
 * @param junk Pictures to mix in, as they are or made like the base's own.
 */
export function makeSet(base: LabelledViews, junk: LabelledViews, variant: Variant, seed: number): QualitySet {
  const random = createRandom(deriveSeed(seed, 'quality', variant));
  const order = random.permutation(base.truth.length);
  if (variant === 'balanced') return { ...base, name: variant, isJunk: new Uint8Array(base.truth.length) };
  if (variant === 'four-fifths') return pick(base, order.slice(0, Math.round(0.8 * order.length)), variant);
  if (variant.startsWith('zipf')) {
    const count = numClasses(base.truth);
    const rankOfClass =
      variant === 'zipf' ? random.permutation(count) : Int32Array.from({ length: count }, (_, k) => k);
    return pick(base, zipf(base.truth, order, rankOfClass), variant);
  }
  if (variant.startsWith('junk')) return mixJunk(base, junk, order, random.permutation(junk.truth.length));
  return pick(base, order.slice(0, Number(variant.slice('small-'.length))), variant);
}

/** All photos of several sets as one, every class still its own. Looked at by one trunk. */
export function mixSets(bases: readonly LabelledViews[]): LabelledViews {
  const { numViews, width } = bases[0]!.views;
  const views = createViewSet(
    numViews,
    bases.reduce((sum, { truth }) => sum + truth.length, 0),
    width,
  );
  const truth = new Int32Array(views.numPhotos);
  let [at, numLabels] = [0, 0];
  for (const base of bases) {
    const size = base.truth.length * width;
    for (let v = 0; v < numViews; v++) {
      views.values.set(base.views.values.subarray(v * size, (v + 1) * size), (v * views.numPhotos + at) * width);
    }
    truth.set(
      base.truth.map((label) => label + numLabels),
      at,
    );
    at += base.truth.length;
    numLabels += Math.max(...base.truth) + 1;
  }
  return { views, truth };
}

export function numClasses(truth: Int32Array): number {
  return new Set(truth).size;
}

/** The class of rank k keeps a share 1/(k + 1) of the smallest class's size (s = 1). Which are the large ones decides much: a random order, or that of the names. */
function zipf(truth: Int32Array, order: Int32Array, rankOfClass: Int32Array): Int32Array {
  const sizes = new Map<number, number>();
  for (const label of truth) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const full = Math.min(...sizes.values());
  const left = new Map([...sizes.keys()].map((label) => [label, Math.round(full / (rankOfClass[label]! + 1))]));
  return order.filter((photo) => {
    const room = left.get(truth[photo]!)!;
    left.set(truth[photo]!, room - 1);
    return room > 0;
  });
}

function pick(base: LabelledViews, photos: Int32Array, name: string): QualitySet {
  const sorted = photos.slice().sort((a, b) => a - b);
  return {
    name,
    views: selectPhotos(base.views, sorted),
    truth: Int32Array.from(sorted, (photo) => base.truth[photo]!),
    isJunk: new Uint8Array(sorted.length),
  };
}

/** A fifth of the set are pictures of other kinds, each a class of its own. */
function mixJunk(base: LabelledViews, junk: LabelledViews, order: Int32Array, junkOrder: Int32Array): QualitySet {
  const numJunk = Math.min(junk.truth.length, Math.floor(base.truth.length / 4));
  const real = pick(base, order.slice(0, 4 * numJunk), 'junk');
  const other = pick(junk, junkOrder.slice(0, numJunk), 'junk');
  const views = createViewSet(real.views.numViews, real.truth.length + numJunk, real.views.width);
  const { numViews, width } = views;
  for (let v = 0; v < numViews; v++) {
    const start = v * views.numPhotos * width;
    const size = real.truth.length * width;
    views.values.set(real.views.values.subarray(v * size, (v + 1) * size), start);
    views.values.set(other.views.values.subarray(v * numJunk * width, (v + 1) * numJunk * width), start + size);
  }
  const isJunk = new Uint8Array(views.numPhotos).fill(1, real.truth.length);
  return { name: 'junk', views, truth: Int32Array.from([...real.truth, ...other.truth.map((y) => 1000 + y)]), isJunk };
}
