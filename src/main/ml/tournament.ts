/**
 * @file Groups the photos of a library, with the number of groups given or found.
 *
 * [Note: The tournament] Nobody knows how many kinds of photo a library holds, whether they are of equal size, or which local
 * optimum a training will find. So several cheap candidates are made (over-clustering merged at several resolutions, and heads
 * trained directly for a few numbers of groups near the best of those), and all are judged by one label-free score, how often
 * photos share a group with neighbours that nothing was trained on (see [Note: Why held-out neighbours judge]).
 */
import { clusterByMeans, mergeTo, overCluster, trainDirectly, type Candidate, type TournamentData } from './candidates';
import { measureClearness, type Clearness } from './clearness';
import { makeClustering, noGroups, toCurve, type Clustering } from './clustering';
import type { OnProgress } from './pace';

export interface ClusterPhotosOptions extends TournamentData {
  /** A number of groups, or `auto` to find it. */
  numClusters: number | 'auto';
  onProgress?: OnProgress;
  /** Called with every grouping that was tried, before one is chosen. */
  onCandidates?: (candidates: readonly Candidate[]) => void;
}

/** Below this many units there is nothing to learn from: bursts and times are all there is (METHOD 7). */
export const MIN_UNITS = 60;

/** Share of photos without trusted neighbours above which nothing can be learned. */
const MAX_ISOLATED = 0.8;

/** Rounds of trying the sizes next to the best one. */
const NUM_REFINEMENTS = 2;

/**
 * Clusters photos (units, where bursts are joined) and says why it chose what it chose.
 *
 * With a number, heads are trained for exactly that many groups and averaged, and compared with many clusters merged to that number, which
 * unequal groups need. With `auto` a tournament finds the number.
 */
export async function clusterPhotos(options: ClusterPhotosOptions): Promise<Clustering> {
  const { vectors, edges, numClusters, onProgress } = options;
  const numPhotos = vectors.rows;
  if (numPhotos < MIN_UNITS)
    return noGroups(numPhotos, 'too-few-photos', `${numPhotos} photos are too few to learn from.`);
  const isolated = edges.isolated.reduce((count, flag) => count + flag, 0) / numPhotos;
  if (isolated > MAX_ISOLATED && numClusters === 'auto') {
    const share = Math.round(100 * isolated);
    return noGroups(numPhotos, 'no-clear-groups', `${share} % of the photos resemble no other closely.`);
  }
  if (numClusters === 'auto') {
    const clearness = await measureClearness(options);
    if (!clearness.isClear) {
      const curve = toCurve(await clusterByMeans(options), null);
      return { ...noGroups(numPhotos, 'no-clear-groups', describeChance(clearness)), curve };
    }
  }
  const report = reporter(onProgress, numClusters === 'auto' ? 16 : 3);
  const over = await overCluster(options, { onProgress: report.part() });
  if (numClusters !== 'auto') {
    const merged = mergeTo(options, over, numClusters).filter(({ numGroups }) => numGroups === numClusters);
    const rivals = [...(await trainThoroughly(options, numClusters, report.part)), ...merged];
    return makeClustering(options, best(rivals), over, rivals, `${numClusters} groups, as asked.`, 0);
  }
  const candidates = [...over.candidates, ...(await clusterByMeans(options))];
  await searchSizes(candidates, numPhotos, async (size) => {
    candidates.push(await trainDirectly(options, size, { onProgress: report.part() }));
    return candidates.at(-1)!;
  });
  const { winner, why } = choose(candidates);
  const finalists = [winner];
  if (winner.isDirect) finalists.push(...(await trainThoroughly(options, winner.numGroups, report.part)));
  onProgress?.(1, 1);
  const final = best(finalists);
  const tried = [...candidates, ...finalists.slice(1)];
  options.onCandidates?.(tried);
  return makeClustering(options, final, over, tried, why);
}

function describeChance({ grouping, sharing }: Clearness): string {
  const percent = (share: number): string => `${Math.max(0, Math.round(100 * share))} %`;
  return (
    'Look-alikes hang together hardly more than in photos scattered at random: ' +
    `${percent(grouping)} of the way from chance to clear groups, ${percent(sharing)} to small ones.`
  );
}

/** Both objectives, with more heads and steps than a tournament can give everyone. */
async function trainThoroughly(data: TournamentData, numGroups: number, part: () => OnProgress): Promise<Candidate[]> {
  const found = [];
  for (const objective of ['temi', 'scan'] as const) {
    const settings = { objective, steps: 800, numHeads: 10, onProgress: part() };
    found.push(await trainDirectly(data, numGroups, settings));
  }
  return found;
}

/**
 * Trains directly for several numbers of groups: sixths of an octave around the number of the best merged candidate, then next to the
 * best of those. The natural number stands out from its neighbours, so coarser steps may miss it.
 */
async function searchSizes(
  candidates: readonly Candidate[],
  numPhotos: number,
  trainAt: (size: number) => Promise<Candidate>,
): Promise<void> {
  const largest = Math.max(2, Math.floor(numPhotos / 10));
  const start = candidates.length > 0 ? best(candidates).numGroups : Math.round(Math.sqrt(numPhotos) / 3);
  const scoreBySize = new Map<number, number>();
  const tryAt = async (size: number): Promise<void> => {
    if (size < 2 || size > largest || scoreBySize.has(size)) return;
    scoreBySize.set(size, (await trainAt(size)).score);
  };
  for (let sixth = -6; sixth <= 3; sixth++) await tryAt(Math.round(start * 2 ** (sixth / 6)));
  for (let round = 0; round < NUM_REFINEMENTS; round++) {
    const top = [...scoreBySize].reduce((found, entry) => (entry[1] > found[1] ? entry : found), [2, -Infinity])[0];
    const step = Math.max(1, Math.round(top / 10));
    const before = scoreBySize.size;
    await tryAt(top - step);
    await tryAt(top + step);
    if (scoreBySize.size === before) return;
  }
}

/**
 * The grouping to show, and why.
 *
 * [Note: Ties] Ten groups and eleven may score alike. Good groupings agree on most photos, so the error of a difference between two is about a
 * quarter of the error of one (√(2 − 2ρ) at ρ = .97). Within it the fewest groups win, the simplest answer.
 */
function choose(candidates: readonly Candidate[]): { winner: Candidate; why: string } {
  const top = best(candidates);
  const equals = candidates.filter(({ score }) => score >= (1 - top.error / 4) * top.score);
  const winner = equals.reduce((found, rival) => (rival.numGroups < found.numGroups ? rival : found), top);
  const share = winner.modularity.toFixed(2);
  const found = `${winner.numGroups} groups (${winner.name}) explain ${share} of the look-alikes kept out of the training`;
  return { winner, why: `${found} and hold together better than any of ${candidates.length - 1} other groupings.` };
}

function best(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((top, candidate) => (candidate.score > top.score ? candidate : top));
}

/** Progress of several trainings as one fraction. How many there will be is an upper bound. */
function reporter(onProgress: OnProgress | undefined, maxParts: number): { part: () => OnProgress } {
  let numStarted = 0;
  return {
    part: () => {
      const first = Math.min(numStarted++, maxParts - 1);
      return (done, total) => onProgress?.((first + done / total) / maxParts, 1);
    },
  };
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
