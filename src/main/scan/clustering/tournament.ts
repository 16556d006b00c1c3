/**
 * @file Groups the photos of a library, with the number of groups given or found.
 *
 * [Note: The tournament] Nobody knows how many kinds of photo a library holds, whether they are of equal size, or which local
 * optimum a training will find. So several cheap candidates are made (over-clustering merged at several resolutions, and heads
 * trained directly for a few numbers of groups near the best of those, average linkage), and all are judged by one label-free score, how
 * much more often photos share a group with neighbours that nothing was trained on than by chance (see [Note: Which neighbours judge]).
 */
import {
  clusterByLinkage,
  clusterByMeans,
  mergeTo,
  overCluster,
  trainDirectly,
  type Candidate,
  type TournamentData,
} from './choosing/candidates';
import { measureClearness, type Clearness } from './choosing/clearness';
import { makeClustering, noGroups, toCurve, type Clustering } from './clustering';
import { errorOfDifference } from './choosing/judge';
import type { Matrix } from '../math/matrix';
import { ari } from '../math/metrics';
import type { OnProgress } from '../engine/pace';
import { findRepeated, type Repetition } from './choosing/repetition';
import { silhouette } from './choosing/silhouette';

export interface ClusterPhotosOptions extends TournamentData {
  /** A number of groups, or `auto` to find it. */
  numClusters: number | 'auto';
  onProgress?: OnProgress;
  /** Called with every grouping that was tried, before one is chosen. */
  onCandidates?: (candidates: readonly Candidate[]) => void;
}

/** Below this many units there is nothing to learn from: bursts and times are all there is. */
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
  let repeated: Repetition | null = null;
  if (numClusters === 'auto') {
    const clearness = await measureClearness(options);
    if (!clearness.isClear) repeated = await findRepeated(options);
    if (!clearness.isClear && !repeated?.isRepeated) {
      const curve = toCurve(await clusterByMeans(options), null);
      return { ...noGroups(numPhotos, 'no-clear-groups', describeChance(clearness, repeated)), curve };
    }
  }
  const report = reporter(onProgress, numClusters === 'auto' ? 18 : 3);
  const over = await overCluster(options, { onProgress: report.part() });
  if (numClusters !== 'auto') {
    const merged = (await mergeTo(options, over, numClusters)).filter(({ numGroups }) => numGroups === numClusters);
    const linked = await clusterByLinkage(options, [numClusters]);
    const rivals = [...(await trainThoroughly(options, numClusters, report.part)), ...merged, ...linked];
    return makeClustering(options, best(rivals), over.head, rivals, `${numClusters} groups, as asked.`, 0);
  }
  const linked = await clusterByLinkage(options, sizesUpTo(Math.floor(numPhotos / 5)));
  const candidates = [...over.candidates, ...linked];
  await searchSizes(candidates, numPhotos, async (size) => {
    const known = repeated?.trained.find(({ numGroups }) => numGroups === size);
    candidates.push(known ?? (await trainDirectly(options, size, { onProgress: report.part() })));
    return candidates.at(-1)!;
  });
  const { winner, why } = choose(candidates, vectors);
  const finalists = [winner];
  if (winner.isDirect) finalists.push(...(await trainThoroughly(options, winner.numGroups, report.part)));
  onProgress?.(1, 1);
  const final = best(finalists);
  const tried = [...candidates, ...finalists.slice(1)];
  options.onCandidates?.(tried);
  return makeClustering(options, final, over.head, tried, why);
}

/** Numbers of groups worth a look where each costs next to nothing. */
function sizesUpTo(largest: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(40, largest) - 1) }, (_, index) => index + 2);
}

function describeChance({ grouping, sharing }: Clearness, repeated: Repetition | null): string {
  const percent = (share: number): string => `${Math.max(0, Math.round(100 * share))} %`;
  return (
    'Look-alikes hang together hardly more than in photos scattered at random: ' +
    `${percent(grouping)} of the way from chance to clear groups, ${percent(sharing)} to small ones.` +
    (repeated ? ` Trainings that start differently agree by ${percent(repeated.agreement)} at most.` : '')
  );
}

/** Both objectives, with more heads and steps than a tournament can give everyone. */
async function trainThoroughly(data: TournamentData, numGroups: number, part: () => OnProgress): Promise<Candidate[]> {
  const found = [];
  for (const objective of ['temi', 'scan'] as const) {
    const settings = { objective, steps: 800, numHeads: 18, onProgress: part() };
    found.push(await trainDirectly(data, numGroups, settings));
  }
  return found;
}

/** Numbers of groups to train for, in sixths of an octave from that of the best merged candidate. */
const SIXTHS = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6];

/**
 * Trains directly for several numbers of groups: an octave either way of the number of the best merged candidate, then next to the best of
 * those. The natural number stands out from its neighbours, so coarser steps may miss it.
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
    scoreBySize.set(size, (await trainAt(size)).judgement.score);
  };
  for (const sixth of SIXTHS) await tryAt(Math.round(start * 2 ** (sixth / 6)));
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
 * How far behind the best, in standard errors of the difference, a grouping's say is down to 1/e. From 1 to 2 hardly matters: over 49 sets .041 to
 * .046 of ARI are lost (docs/decisions/the-judge.md).
 */
const SAY_WANES = 1.5;

/** Groupings further behind than this have next to no say, and are left out. */
const MAX_BEHIND = 8;

/** Below this many photos so few neighbours testify that the silhouette counts for more. */
const FEW_PHOTOS = 200;

/** Where no groups lie apart, agreement alone decides. */
const LEAST_SILHOUETTE = 1e-3;

/**
 * The grouping to show, and why.
 *
 * [Note: The most agreed] Ten groups and eleven, trained heads and linkage may score alike, and which of them is a hair ahead is chance. So the
 * grouping is taken that agrees most with all of them (mean ARI), each of which has a say that wanes with how far behind the best it
 * is: what several good ways of grouping arrive at is more likely there than what one does. Neighbours alone say little against cutting a
 * kind in two, so groups must also lie apart: the support counts times the root of the silhouette, which knows nothing of neighbours; times a
 * higher power of it among few photos.
 */
function choose(candidates: readonly Candidate[], vectors: Matrix): { winner: Candidate; why: string } {
  const top = best(candidates);
  const behind = candidates.map(({ judgement }) => {
    const gap = top.judgement.score - judgement.score;
    return gap === 0 ? 0 : gap / errorOfDifference(judgement, top.judgement);
  });
  const voters = [...candidates.keys()].filter((index) => behind[index]! <= MAX_BEHIND);
  const power = 0.5 * Math.max(1, FEW_PHOTOS / vectors.rows);
  const support = voters.map((index) => {
    const { labels, numGroups } = candidates[index]!;
    const agreed = voters.reduce(
      (sum, voter) => sum + Math.exp(-behind[voter]! / SAY_WANES) * ari(labels, candidates[voter]!.labels),
      0,
    );
    return agreed * Math.max(silhouette(vectors, labels, numGroups), LEAST_SILHOUETTE) ** power;
  });
  const winner = candidates[voters[support.indexOf(Math.max(...support))]!]!;
  const share = Math.round(100 * winner.judgement.together);
  const found = `${winner.numGroups} groups (${winner.name}) keep ${share} % of the look-alikes together.`;
  const of = `Of ${candidates.length} groupings it agrees most with the best of them, and its groups lie apart.`;
  return { winner, why: `${found} ${of}` };
}

function best(candidates: readonly Candidate[]): Candidate {
  return candidates.reduce((top, candidate) => (candidate.judgement.score > top.judgement.score ? candidate : top));
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
