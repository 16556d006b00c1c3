/** @file The groupings a tournament chooses from: heads trained for a given number of groups, over-clustering merged, average linkage. */
import { averageAgain, averageHeads, bestFirst } from '../heads/average-heads';
import { cutLinks, linkByAverage } from './average-linkage';
import { meanPairwiseAri } from '../heads/consensus';
import type { Engine } from '../../engine/engine';
import { pickHeads, predictProbs, type Heads } from '../heads/heads';
import { judgeLabels, judgingRanks, type Judgement } from './judge';
import { kmeans } from './kmeans';
import type { Lessons } from '../heads/lessons';
import { release, type Matrix, type ViewSet } from '../../math/matrix';
import {
  applyCut,
  cutTree,
  cutTreeAt,
  growTree,
  linkClusters,
  mergeGreedily,
  sumProbs,
  topGroups,
  type Cut,
} from '../merge-tree/merge-tree';
import { toRagged, type NeighborLists, type Ragged, type RaggedNeighbors } from '../../neighbors/neighbor-lists';
import type { OnProgress } from '../../engine/pace';
import { argmaxRows } from '../../math/probs';
import { deriveSeed } from '@shared/random';
import { trainHeads } from '../heads/train-heads';

/** What every candidate is made from and judged on. N counts units: a burst is one photo here. */
export interface TournamentData {
  /** Rows of length 1. Shape: [V, N, D]. */
  features: ViewSet;
  /** Rows of length 1, one per photo, that neighbours were mined with. Shape: [N, D]. */
  vectors: Matrix;
  /** 3K ranks: the first K teach, the others judge (see [Note: Which neighbours judge]). */
  neighbors: NeighborLists;
  /** Trusted edges among the first K ranks. */
  edges: RaggedNeighbors;
  /** K. */
  numNeighbors: number;
  photoWeights?: Float32Array;
  /** What the person said about some of the photos. */
  lessons?: Lessons;
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
}

export interface Candidate {
  /** How it was made, in words for the report. */
  name: string;
  numGroups: number;
  /** Worked out when asked for: those of sixty groupings at once would not fit. Shape: [N, G]. */
  probs: () => Promise<Float32Array>;
  /** Most probable group. Shape: [N]. */
  labels: Int32Array;
  /** Trained for this number of groups, not merged from more. */
  isDirect: boolean;
  /** What candidates are compared by. */
  judgement: Judgement;
  /** Mean ARI between the heads that voted; null where there is one opinion only. */
  agreement: number | null;
}

export interface OverClustering {
  numClusters: number;
  /** The chosen head alone. */
  head: Heads;
  /** Its probabilities, worked out when asked for. Shape: [N, C]. */
  probs: () => Promise<Float32Array>;
  /** Those of all heads, aligned; likewise. Shape: [N, C]. */
  averaged: () => Promise<Float32Array>;
  candidates: Candidate[];
}

/** Resolutions at which over-clusters are merged. Powers of √2 around 1, where modularity is defined. */
const DETAILS = [0.5, 0.71, 1, 1.41, 2, 2.83];

/** Steps of one training. TEMI's heads agree with each other after some three hundred (docs/decisions/the-judge.md). */
const STEPS = 300;
/** Heads of an over-clustering. */
const NUM_HEADS = 6;
/** Heads trained for one number of groups. All are averaged: the better third of them does no better (docs/decisions/the-judge.md). */
const NUM_DIRECT_HEADS = 12;

/** Trains heads for exactly this many groups and averages them. */
export async function trainDirectly(
  data: TournamentData,
  numGroups: number,
  options: { steps?: number; numHeads?: number; objective?: 'scan' | 'temi'; onProgress?: OnProgress } = {},
): Promise<Candidate> {
  const { steps = STEPS, numHeads = NUM_DIRECT_HEADS, objective = 'temi', onProgress } = options;
  const seed = deriveSeed(data.seed, 'direct', numGroups);
  const heads = await train(data, { numClusters: numGroups, seed, steps, numHeads, objective, onProgress });
  const order = bestFirst(heads);
  const labels: Int32Array[] = [];
  const { best, mean, matchings } = await averageHeads(data, heads, order, (own) =>
    labels.push(argmaxRows(own, numGroups)),
  );
  const probs = (): Promise<Float32Array> => averageAgain(data, heads, order, matchings);
  const name = `${numGroups} groups, trained directly${objective === 'scan' ? ' with the loss of SCAN' : ''}`;
  const scored = score(data, name, argmaxRows(mean, numGroups), numGroups, meanPairwiseAri(labels));
  release(best);
  release(mean);
  return { ...scored, probs, isDirect: true };
}

/** Trains heads for many small clusters and merges them at several resolutions. */
export async function overCluster(
  data: TournamentData,
  options: { numClusters?: number; onProgress?: OnProgress } = {},
): Promise<OverClustering> {
  const { numClusters = chooseNumClusters(data.vectors.rows), onProgress } = options;
  const seed = deriveSeed(data.seed, 'over');
  const heads = await train(data, {
    numClusters,
    seed,
    steps: STEPS,
    numHeads: NUM_HEADS,
    objective: 'temi',
    onProgress,
  });
  const order = bestFirst(heads);
  const selected = order[0]!;
  const votes: Vote[] = [];
  const { best, mean, matchings } = await averageHeads(data, heads, order, (probs) =>
    votes.push(voteOf(data, probs, numClusters)),
  );
  // What is worked out when asked for holds on to heads, not to these.
  const { engine, features } = data;
  const probs = (): Promise<Float32Array> => predictProbs(engine, heads, features, { head: selected, views: 'mean' });
  const averaged = (): Promise<Float32Array> => averageAgain(data, heads, order, matchings);
  const name = `${numClusters} clusters`;
  const merged = mergeAtDetails(data, `${name}, merged`, { numClusters, probs }, best, votes);
  release(best);
  const means = { numClusters, probs: averaged };
  const candidates = [...merged, ...mergeAtDetails(data, `${name}, averaged and merged`, means, mean, votes)];
  release(mean);
  return { numClusters, head: pickHeads(heads, [selected]), probs, averaged, candidates };
}

/** Cuts of the merge trees at a number of groups, or as near above it as unconnected clusters allow. */
export async function mergeTo(data: TournamentData, over: OverClustering, numGroups: number): Promise<Candidate[]> {
  const { numClusters } = over;
  const sources = { 'clusters, merged': over.probs, 'clusters, averaged and merged': over.averaged };
  const found: Candidate[] = [];
  for (const [name, probs] of Object.entries(sources)) {
    const now = await probs();
    const links = linkClusters(now, numClusters, data.edges, data.photoWeights);
    const cut = cutTreeAt(growTree(links, numClusters), numGroups);
    found.push(scoreMerged(data, `${numClusters} ${name}`, { numClusters, probs }, now, cut, null));
  }
  return found;
}

/** k-means into many small clusters, merged likewise: the draft that comes first, and what shows whether there are groups at all. No candidate: it changes no choice (docs/decisions/the-judge.md). */
export async function clusterByMeans(
  data: Omit<TournamentData, 'features'>,
  numClusters?: number,
): Promise<Candidate[]> {
  const { vectors, engine, photoWeights, signal } = data;
  const count = numClusters ?? chooseNumClusters(vectors.rows);
  const seed = deriveSeed(data.seed, 'means');
  const { labels, centroids } = await kmeans({
    ...{ vectors, numClusters: count, seed, engine, photoWeights, signal },
    restarts: 1,
  });
  const numFound = centroids.rows;
  const probs = (): Promise<Float32Array> => Promise.resolve(oneHot(labels, numFound));
  const name = `k-means of ${count}, merged`;
  return mergeAtDetails(data, name, { numClusters: numFound, probs, labels }, oneHot(labels, numFound));
}

/** Photos that can be compared all with all: 25 MB and a fifth of a second. */
const MAX_LINKED = 2500;

/**
 * Average linkage, cut at given numbers of groups. It expects no sizes, where trained heads and k-means push towards equal ones: in small
 * libraries with a few large and many small groups it is the best of all (docs/decisions/the-judge.md). None in a larger library.
 */
export async function clusterByLinkage(
  data: Omit<TournamentData, 'features'>,
  sizes: readonly number[],
): Promise<Candidate[]> {
  const { vectors, engine } = data;
  if (vectors.rows > MAX_LINKED) return [];
  const links = await linkByAverage(engine, vectors);
  return sizes.map((numGroups) => {
    const labels = cutLinks(links, numGroups);
    const probs = (): Promise<Float32Array> => Promise.resolve(oneHot(labels, numGroups));
    return { ...score(data, `average linkage, ${numGroups} groups`, labels, numGroups, null), probs };
  });
}

/** Certain probabilities. Shape: [N, G]. */
function oneHot(labels: Int32Array, numGroups: number): Float32Array {
  const probs = new Float32Array(labels.length * numGroups);
  labels.forEach((label, photo) => (probs[photo * numGroups + label] = 1));
  return probs;
}

/** C of an over-clustering: enough to give small groups clusters of their own, few enough that each has photos to learn from. */
export function chooseNumClusters(numPhotos: number): number {
  return Math.max(2, Math.min(400, Math.floor(numPhotos / 8), Math.max(8, Math.round(0.9 * Math.sqrt(numPhotos)))));
}

/** Judges a grouping. */
export function judge(
  { neighbors, numNeighbors, photoWeights }: Omit<TournamentData, 'features'>,
  labels: Int32Array,
): Judgement {
  return judgeLabels(labels, neighbors, judgingRanks(neighbors, numNeighbors), photoWeights);
}

/** Judges groups. */
function score(
  data: Omit<TournamentData, 'features'>,
  name: string,
  labels: Int32Array,
  numGroups: number,
  agreement: number | null,
): Omit<Candidate, 'probs'> {
  return { name, numGroups, labels, isDirect: false, judgement: judge(data, labels), agreement };
}

/** What is merged. */
interface Clusters {
  numClusters: number;
  /** Worked out when asked for, the caller's own. Shape: [N, C]. */
  probs: () => Promise<Float32Array>;
  /** The cluster of each photo, where there is no doubt about it. Shape: [N]. */
  labels?: Int32Array;
}

/**
 * Judges clusters merged by a cut.
 *
 * @param now What `clusters.probs` gives, not held on to.
 */
function scoreMerged(
  data: Omit<TournamentData, 'features'>,
  name: string,
  clusters: Clusters,
  now: Float32Array,
  cut: Cut,
  agreement: number | null,
): Candidate {
  const { numClusters, labels: clusterLabels, probs: clusterProbs } = clusters;
  const labels = clusterLabels ? applyCut(clusterLabels, cut) : topGroups(now, numClusters, cut);
  const probs = async (): Promise<Float32Array> => {
    const all = await clusterProbs();
    const sums = sumProbs(all, numClusters, cut);
    release(all);
    return sums;
  };
  return { ...score(data, name, labels, cut.numGroups, agreement), probs };
}

/** Which clusters belong together, as one head sees it. */
interface Vote {
  /** Most probable cluster. Shape: [N]. */
  labels: Int32Array;
  /** Shape: [C, C]. */
  links: Float64Array;
}

function voteOf(data: Omit<TournamentData, 'features'>, probs: Float32Array, numClusters: number): Vote {
  const links = linkClusters(probs, numClusters, data.edges, data.photoWeights);
  return { links, labels: argmaxRows(probs, numClusters) };
}

/**
 * Cuts of the merge tree and greedy merges at several resolutions; `votes` of heads are merged likewise to see how far they agree.
 *
 * @param now What `clusters.probs` gives, not held on to.
 */
function mergeAtDetails(
  data: Omit<TournamentData, 'features'>,
  name: string,
  clusters: Clusters,
  now: Float32Array,
  votes: readonly Vote[] = [],
): Candidate[] {
  const { numClusters } = clusters;
  const merger = (links: Float64Array) => {
    const tree = growTree(links, numClusters);
    return (detail: number, isNested: boolean): Cut =>
      isNested ? cutTree(tree, detail) : mergeGreedily(links, numClusters, detail);
  };
  const cutAt = merger(linkClusters(now, numClusters, data.edges, data.photoWeights));
  const heads = votes.map(({ links, labels }) => ({ cutAt: merger(links), labels }));
  const candidateByKey = new Map<string, Candidate>();
  for (const detail of DETAILS) {
    for (const isNested of [false, true]) {
      const cut = cutAt(detail, isNested);
      const key = cut.groupByCluster.join();
      if (cut.numGroups < 2 || candidateByKey.has(key)) continue;
      const labels = heads.map((head) => applyCut(head.labels, head.cutAt(detail, isNested)));
      const agreement = labels.length > 1 ? meanPairwiseAri(labels) : null;
      candidateByKey.set(key, scoreMerged(data, `${name} at detail ${detail}`, clusters, now, cut, agreement));
    }
  }
  return [...candidateByKey.values()];
}

function train(
  data: TournamentData,
  options: Pick<
    Parameters<typeof trainHeads>[0],
    'numClusters' | 'seed' | 'steps' | 'numHeads' | 'objective' | 'onProgress'
  >,
): Promise<Heads> {
  const { features, photoWeights, lessons, engine, signal } = data;
  // All K ranks find the rough groups; the trusted edges then sharpen them.
  const earlyNeighbors = toRagged(data.neighbors, 0, data.numNeighbors);
  const neighbors = trustedNeighbors(data);
  return trainHeads({ ...options, features, neighbors, earlyNeighbors, photoWeights, lessons, engine, signal });
}

/** The trusted edges; all of the first K ranks where none can be trusted. */
export function trustedNeighbors({ edges, neighbors, numNeighbors }: TournamentData): Ragged {
  return edges.indices.length > 0 ? edges : toRagged(neighbors, 0, numNeighbors);
}
