/** @file The mean over heads of one training: each predicts, its clusters are matched to those of the best, and the shares are added up. */
import { addMatched, matchClusters } from './consensus';
import type { Engine } from '../../engine/engine';
import { pickHeads, predictProbs, selectHead, type Heads } from './heads';
import { release, type ViewSet } from '../../math/matrix';

/** What heads predict from. */
interface Photos {
  engine: Engine;
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
}

/** All heads, the one of the lowest selection loss before the others. */
export function bestFirst(heads: Heads): number[] {
  const selected = selectHead(heads);
  return [selected, ...Array.from({ length: heads.numHeads }, (_, head) => head).filter((head) => head !== selected)];
}

/**
 * The mean over heads, their clusters aligned to those of the first.
 *
 * @param order Which heads, the best first.
 * @param onHead Sees each head's probabilities in turn, which are overwritten by the next head's. Shape: [N, C].
 * @returns The probabilities of the first head, the mean, and for each head how its clusters match those of the first. Shapes: [N, C].
 */
export async function averageHeads(
  photos: Photos,
  heads: Heads,
  order: readonly number[],
  onHead: (probs: Float32Array) => void,
): Promise<{ best: Float32Array; mean: Float32Array; matchings: Int32Array[] }> {
  const size = photos.features.numPhotos * heads.numClusters;
  const best = new Float32Array(size);
  const mean = new Float32Array(size);
  const matchings: Int32Array[] = [];
  for await (const probs of predictEach(photos, heads, order)) {
    if (matchings.length === 0) best.set(probs);
    const matching = matchClusters(best, probs, heads.numClusters);
    addMatched(mean, probs, matching, order.length);
    matchings.push(matching);
    onHead(probs);
  }
  return { best, mean, matchings };
}

/** The same mean once more, in two thirds of the memory, because the matching of the heads is known. Shape: [N, C]. */
export async function averageAgain(
  photos: Photos,
  heads: Heads,
  order: readonly number[],
  matchings: readonly Int32Array[],
): Promise<Float32Array> {
  const mean = new Float32Array(photos.features.numPhotos * heads.numClusters);
  let numAdded = 0;
  for await (const probs of predictEach(photos, heads, order)) {
    addMatched(mean, probs, matchings[numAdded++]!, order.length);
  }
  return mean;
}

/** The most numbers that heads predict at once, 16 MB. In a large library a single head gives more. */
const MOST_AT_ONCE = 4_000_000;

/**
 * The probabilities of one head after the other, each overwritten once the next is asked for. As many as memory allows are predicted at once, which
 * takes half the time. Shape: [N, C].
 */
async function* predictEach(
  { engine, features }: Photos,
  heads: Heads,
  order: readonly number[],
): AsyncGenerator<Float32Array> {
  const size = features.numPhotos * heads.numClusters;
  const numAtOnce = Math.max(1, Math.min(order.length, Math.floor(MOST_AT_ONCE / size)));
  const room = new Float32Array(numAtOnce * size);
  for (let start = 0; start < order.length; start += numAtOnce) {
    const group = order.slice(start, start + numAtOnce);
    const into = room.subarray(0, group.length * size);
    await predictProbs(engine, pickHeads(heads, group), features, { views: 'mean', into });
    for (let index = 0; index < group.length; index++) yield room.subarray(index * size, (index + 1) * size);
  }
  release(room);
}
