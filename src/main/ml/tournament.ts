/**
 * @file Groups the photos of a library, with the number of groups given or found.
 *
 * [Note: The tournament] Nobody knows how many kinds of photo a library holds, whether they are of equal size, or which local
 * optimum a training will find. So several cheap candidates are made (over-clustering merged at several resolutions, and heads
 * trained directly for a few numbers of groups near the best of those), and all are judged by one label-free score, how often
 * photos share a group with neighbours that nothing was trained on (see [Note: Why held-out neighbours judge]).
 */
import {
  clusterByMeans,
  overCluster,
  trainDirectly,
  type Candidate,
  type OverClustering,
  type TournamentData,
} from './candidates';
import { makeClustering, noGroups, type Clustering } from './clustering';
import type { OnProgress } from './pace';

export interface ClusterPhotosOptions extends TournamentData {
  /** A number of groups, or `auto` to find it. */
  numClusters: number | 'auto';
  onProgress?: OnProgress;
}

/** Below this many units there is nothing to learn from: bursts and times are all there is (METHOD 7). */
export const MIN_UNITS = 60;

/** Sizes tried by direct training: neighbours in this list differ by a fifth or so. */
const SIZES = [
  2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20, 24, 29, 35, 42, 50, 60, 72, 86, 103, 124, 149, 179, 215, 258,
];

/** Trainings at most: what the time budget of METHOD 7 leaves on two cores. */
const MAX_DIRECT = 6;

/**
 * Clusters photos (units, where bursts are joined) and says why it chose what it chose.
 *
 * With a number, heads are trained for exactly that many groups and averaged. With `auto` a tournament finds it.
 */
export async function clusterPhotos(options: ClusterPhotosOptions): Promise<Clustering> {
  const { vectors, edges, numClusters, onProgress } = options;
  const numPhotos = vectors.rows;
  if (numPhotos < MIN_UNITS)
    return noGroups(numPhotos, 'too-few-photos', `${numPhotos} photos are too few to learn from.`);
  const isolated = edges.isolated.reduce((count, flag) => count + flag, 0) / numPhotos;
  if (isolated > 0.6 && numClusters === 'auto') {
    const share = Math.round(100 * isolated);
    return noGroups(numPhotos, 'no-clear-groups', `${share} % of the photos resemble no other closely.`);
  }
  const numTrainings = numClusters === 'auto' ? 1 + MAX_DIRECT : 2;
  let numDone = 0;
  const progressOfOne: OnProgress = (done, total) => onProgress?.((numDone + done / total) / numTrainings, 1);
  const over = await overCluster(options, { onProgress: progressOfOne });
  numDone++;
  if (numClusters !== 'auto') {
    const winner = await trainDirectly(options, numClusters, { steps: 600, numHeads: 10, onProgress: progressOfOne });
    return makeClustering(options, winner, over, [winner], `${numClusters} groups, as asked.`, 0);
  }
  const candidates = [...over.candidates, ...(await clusterByMeans(options))];
  await climb(candidates, numPhotos, async (size) => {
    candidates.push(await trainDirectly(options, size, { onProgress: progressOfOne }));
    numDone++;
    return candidates.at(-1)!;
  });
  onProgress?.(1, 1);
  return choose(options, candidates, over);
}

/** Trains at sizes around the best candidate's number of groups, walking uphill from there while the score rises. */
async function climb(
  candidates: readonly Candidate[],
  numPhotos: number,
  trainAt: (size: number) => Promise<Candidate>,
): Promise<void> {
  const sizes = SIZES.filter((size) => size <= numPhotos / 10);
  const start = best(candidates).numGroups;
  let at = nearestIndex(sizes, start);
  const scoreByIndex = new Map<number, number>();
  const scoreAt = async (index: number): Promise<number> => {
    if (index < 0 || index >= sizes.length) return -Infinity;
    if (!scoreByIndex.has(index)) {
      if (scoreByIndex.size >= MAX_DIRECT) return -Infinity;
      scoreByIndex.set(index, (await trainAt(sizes[index]!)).modularity);
    }
    return scoreByIndex.get(index)!;
  };
  for (;;) {
    const here = await scoreAt(at);
    const below = await scoreAt(at - 1);
    const above = await scoreAt(at + 1);
    if (here >= below && here >= above) return;
    at += above > below ? 1 : -1;
  }
}

function choose(data: TournamentData, candidates: Candidate[], over: OverClustering): Promise<Clustering> {
  const winner = best(candidates);
  const runnersUp = candidates.filter((candidate) => candidate !== winner);
  const second = runnersUp.length > 0 ? best(runnersUp) : winner;
  const why =
    `${winner.name}: of ${candidates.length} groupings it agrees best with look-alikes kept out of the training ` +
    `(${winner.modularity.toFixed(3)}; next best ${second.modularity.toFixed(3)} with ${second.numGroups} groups).`;
  return makeClustering(data, winner, over, candidates, why);
}

function best(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((top, candidate) => (candidate.modularity > top.modularity ? candidate : top));
}

function nearestIndex(sizes: readonly number[], wanted: number): number {
  return sizes.reduce(
    (found, size, index) => (Math.abs(size - wanted) < Math.abs(sizes[found]! - wanted) ? index : found),
    0,
  );
}

export interface DraftOptions extends Omit<TournamentData, 'features'> {
  numClusters?: number | 'auto';
}

/** First groups, early: k-means on whatever vectors there are so far, merged on their neighbours. Marked as a draft by the caller. */
export async function draftGroups(options: DraftOptions): Promise<{ labels: Int32Array; numGroups: number }> {
  const numPhotos = options.vectors.rows;
  if (numPhotos < MIN_UNITS) return { labels: new Int32Array(numPhotos).fill(-1), numGroups: 0 };
  const candidates = await clusterByMeans(options);
  if (candidates.length === 0) return { labels: new Int32Array(numPhotos), numGroups: 1 };
  const { labels, numGroups } = best(candidates);
  return { labels, numGroups };
}
