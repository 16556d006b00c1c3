/**
 * @file How sure a photo's group is, as a number that means what it says. [Note: Confidence]
 *
 * A head's own probability is over-confident: it was trained until it was sure. So two other measures are used. p, the probability
 * averaged over views and heads, softened by one temperature; and a, the share of the photo's neighbours of ranks K+1…2K, on which
 * nothing was trained, that are in the same group. The temperature makes the two agree on average over the library, and √(p·a) is their word.
 *
 * Both say which group suits a photo best, and neither that none does: a photo of no kind at all has a nearest group too. What gives it away is
 * that its neighbours are far. So the word is weakened by n, how near they are; of 300 odd pictures among 1,200 of ten kinds 65 % are then in
 * doubt, and of those 1,200 6.5 %, against 46 and 5.5 % without (docs/decisions/confidence.md). What is shown is n·√(p·a).
 */
import { judgingRanks } from '../clustering/choosing/judge';
import type { NeighborLists } from '../neighbors/neighbor-lists';

export type Certainty = 'sure' | 'likely' | 'unsure';

export interface ConfidenceOptions {
  /** Probabilities of the groups. Shape: [N, G]. */
  probs: Float32Array;
  numGroups: number;
  /** Group of each photo, −1 for Unsorted. Shape: [N]. */
  labels: Int32Array;
  /** 2K ranks or more. */
  neighbors: NeighborLists;
  /** K: the first ranks were trained on and do not testify. */
  numNeighbors: number;
  /** 1 for photos without trusted neighbours. Shape: [N]. */
  isolated?: Uint8Array;
}

export interface Confidence {
  /** n·√(p·a) in the photo's group; 0 where it has none. Shape: [N]. */
  confidences: Float32Array;
  /** As given, but −1 where a photo resembles no other or its confidence is under {@link UNSORTED_BELOW}. Shape: [N]. */
  labels: Int32Array;
  /** The nearest group of every photo, Unsorted ones included. Shape: [N]. */
  nearestGroups: Int32Array;
  /** a of each photo. Shape: [N]. */
  agreements: Float32Array;
  temperature: number;
}

export const SURE_FROM = 0.8;
export const LIKELY_FROM = 0.5;
export const UNSORTED_BELOW = 0.35;

/** Neighbours are near from this share of the usual similarity on. */
const NEAR_FROM = 0.7;

/** The word for a confidence. */
export function certaintyOf(confidence: number): Certainty {
  if (confidence >= SURE_FROM) return 'sure';
  return confidence >= LIKELY_FROM ? 'likely' : 'unsure';
}

/** Says how sure each photo's group is, and sends what nothing supports to Unsorted. */
export function assessConfidence(options: ConfidenceOptions): Confidence {
  const { probs, numGroups, labels, isolated } = options;
  const numPhotos = labels.length;
  const nearestGroups = Int32Array.from(labels, (label, photo) =>
    label >= 0 ? label : topGroup(probs, numGroups, photo),
  );
  const agreements = Float32Array.from(nearestGroups, (group, photo) =>
    shareOfNeighbors(options, nearestGroups, photo, group),
  );
  const grouped = [...labels.keys()].filter((photo) => labels[photo]! >= 0);
  const temperature = findTemperature(probs, numGroups, nearestGroups, grouped, meanOf(agreements, grouped));
  const nearness = nearnessOf(options);
  const confidences = new Float32Array(numPhotos);
  const sorted = labels.slice();
  for (let photo = 0; photo < numPhotos; photo++) {
    if (labels[photo]! < 0) continue;
    const p = softened(probs, numGroups, photo, labels[photo]!, temperature);
    confidences[photo] = nearness[photo]! * Math.sqrt(p * agreements[photo]!);
    if (isolated?.[photo] || confidences[photo]! < UNSORTED_BELOW) sorted[photo] = -1;
  }
  return { confidences, labels: sorted, nearestGroups, agreements, temperature };
}

/** Share of a photo's ranks K+1…2K that are in a group (earlier ones in a small library, as for the judge), weighted by similarity. */
export function shareOfNeighbors(
  { neighbors, numNeighbors }: Pick<ConfidenceOptions, 'neighbors' | 'numNeighbors'>,
  groups: Int32Array,
  photo: number,
  group: number,
): number {
  let same = 0;
  let total = 0;
  const { from, to } = judgingRanks(neighbors, numNeighbors);
  for (let rank = from; rank < Math.min(to, 2 * numNeighbors); rank++) {
    const at = photo * neighbors.numNeighbors + rank;
    const neighbor = neighbors.indices[at]!;
    if (neighbor < 0) continue;
    const weight = Math.max(neighbors.similarities[at]!, 1e-3);
    total += weight;
    if (groups[neighbor] === group) same += weight;
  }
  return total === 0 ? 0 : same / total;
}

/**
 * n of each photo: 1 where the mean similarity to its first K neighbours is at least {@link NEAR_FROM} of what it is for the middle photo of
 * the library, in proportion below. Shape: [N].
 */
export function nearnessOf({
  neighbors,
  numNeighbors,
}: Pick<ConfidenceOptions, 'neighbors' | 'numNeighbors'>): Float32Array {
  const means = new Float32Array(neighbors.numPhotos);
  for (let photo = 0; photo < neighbors.numPhotos; photo++) {
    const start = photo * neighbors.numNeighbors;
    let [sum, count] = [0, 0];
    for (let at = start; at < start + Math.min(numNeighbors, neighbors.numNeighbors); at++) {
      if (neighbors.indices[at]! < 0) continue;
      sum += neighbors.similarities[at]!;
      count++;
    }
    means[photo] = count === 0 ? 0 : Math.max(0, sum / count);
  }
  const near = NEAR_FROM * means.slice().sort()[means.length >> 1]!;
  return means.map((mean) => (mean >= near ? 1 : mean / near));
}

/** The temperature at which mean p equals the wanted mean, by bisection on a logarithmic scale from 1/8 to 8. */
export function findTemperature(
  probs: Float32Array,
  numGroups: number,
  groups: Int32Array,
  photos: readonly number[],
  wanted: number,
): number {
  let [low, high] = [1 / 8, 8];
  for (let round = 0; round < 20; round++) {
    const middle = Math.sqrt(low * high);
    const mean = photos.reduce((sum, photo) => sum + softened(probs, numGroups, photo, groups[photo]!, middle), 0);
    if (mean / Math.max(1, photos.length) > wanted) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** p^(1/T), renormalised. */
export function softened(
  probs: Float32Array,
  numGroups: number,
  photo: number,
  group: number,
  temperature: number,
): number {
  let total = 0;
  let own = 0;
  for (let c = 0; c < numGroups; c++) {
    const value = Math.max(probs[photo * numGroups + c]!, 1e-9) ** (1 / temperature);
    total += value;
    if (c === group) own = value;
  }
  return own / total;
}

function topGroup(probs: Float32Array, numGroups: number, photo: number): number {
  let top = numGroups > 0 ? 0 : -1;
  for (let c = 1; c < numGroups; c++) if (probs[photo * numGroups + c]! > probs[photo * numGroups + top]!) top = c;
  return top;
}

function meanOf(values: Float32Array, photos: readonly number[]): number {
  return photos.reduce((sum, photo) => sum + values[photo]!, 0) / Math.max(1, photos.length);
}
