/**
 * @file Which group a photo belongs to that came after the learning. [Note: New photos are voted in]
 *
 * The head says how probable each group is, the photo's neighbours say which groups they are in; the photo goes where both together say most.
 * Only photos that are in a group vote, and only a photo that mostly resembles such photos is placed: new ones of an unknown kind are each
 * other's neighbours, and would otherwise all go where the head, or whoever comes next, happens to send them. So those that the
 * photos of before vote in come first, then they vote too, and so on until nothing changes; what is left resembles no group.
 */
import { findTemperature, LIKELY_FROM, shareOfNeighbors, softened, UNSORTED_BELOW } from '../confident/confidence';
import type { NeighborLists, RaggedNeighbors } from '../neighbors/neighbor-lists';

export interface PlaceByVotesOptions {
  /** Probabilities of the groups. Shape: [N, G]. */
  probs: Float32Array;
  numGroups: number;
  /** Group of each photo that is placed already, −1 for others. Shape: [N]. */
  labels: Int32Array;
  /** The photos to place. */
  newPhotos: readonly number[];
  /** Whether a photo may go into a group. */
  isAllowed: (photo: number, group: number) => boolean;
  /** 2K ranks; −1 for neighbours that have no vote. */
  neighbors: NeighborLists;
  /** K: on the first ranks the placed photos were trained; they do not testify. */
  numNeighbors: number;
  /** The neighbours that can be trusted: what a photo resembles. */
  trusted: RaggedNeighbors;
}

export interface Votes {
  /** Group of each photo; of new ones −1 where too little supports any. Shape: [N]. */
  labels: Int32Array;
  /** √(p·a) of each new photo in the group that suits it best (see [Note: Confidence]). Shape: [N]. */
  confidences: Float32Array;
}

/** A photo most of whose trusted neighbours are in no group resembles none. */
const MIN_SUPPORT = 0.5;

export function placeByVotes(options: PlaceByVotesOptions): Votes {
  const { labels, trusted } = options;
  const temperature = temperatureOf(options);
  const open = options.newPhotos.filter((photo) => !trusted.isolated[photo]);
  const voters = labels.slice();
  const found = { labels: labels.slice(), confidences: new Float32Array(labels.length) };
  for (let hasChanged = true; hasChanged;) {
    const before = voters.slice();
    for (const photo of open) {
      if (supportOf(trusted, before, photo) < MIN_SUPPORT) continue;
      const { group, confidence } = bestGroup(options, before, photo, temperature);
      found.labels[photo] = confidence >= UNSORTED_BELOW ? group : -1;
      found.confidences[photo] = confidence;
      if (confidence >= LIKELY_FROM) voters[photo] = group;
    }
    // A photo that was voted in stays a voter, so this comes to an end.
    hasChanged = open.some((photo) => before[photo]! < 0 && voters[photo]! >= 0);
  }
  return found;
}

/** Share of a photo's trusted neighbours that are in some group. */
function supportOf({ offsets, indices, weights }: RaggedNeighbors, voters: Int32Array, photo: number): number {
  let [inGroups, total] = [0, 0];
  for (let at = offsets[photo]!; at < offsets[photo + 1]!; at++) {
    total += weights[at]!;
    if (voters[indices[at]!]! >= 0) inGroups += weights[at]!;
  }
  return total === 0 ? 0 : inGroups / total;
}

function bestGroup(
  options: PlaceByVotesOptions,
  voters: Int32Array,
  photo: number,
  temperature: number,
): { group: number; confidence: number } {
  const { neighbors, numGroups, probs, isAllowed } = options;
  const start = photo * neighbors.numNeighbors;
  const named = [...neighbors.indices.subarray(start, start + neighbors.numNeighbors)].map(
    (other) => voters[other] ?? -1,
  );
  let best = { group: -1, confidence: 0 };
  for (const group of new Set(named)) {
    if (group < 0 || !isAllowed(photo, group)) continue;
    const p = softened(probs, numGroups, photo, group, temperature);
    const confidence = Math.sqrt(p * shareOfNeighbors(options, voters, photo, group));
    if (confidence > best.confidence) best = { group, confidence };
  }
  return best;
}

/** The temperature at which the head is as sure of the placed photos as their neighbours are. */
function temperatureOf(options: PlaceByVotesOptions): number {
  const { probs, numGroups, labels } = options;
  const placed = [...labels.keys()].filter((photo) => labels[photo]! >= 0);
  const agreement = placed.reduce((sum, photo) => sum + shareOfNeighbors(options, labels, photo, labels[photo]!), 0);
  return findTemperature(probs, numGroups, labels, placed, agreement / Math.max(1, placed.length));
}
