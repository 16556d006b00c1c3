/** @file What a clustering is: leaves, the tree over them, the groups it starts from, and a head that places new photos. */
import type { Candidate, TournamentData } from './choosing/candidates';
import { predictProbs, type Heads } from './heads/heads';
import { growLeaves, probsOfLeaves, type Leaves, type LeafSources } from './merge-tree/leaves';
import {
  applyCut,
  cutTree,
  growTree,
  linkClusters,
  sumProbs,
  type MergeConstraints,
  type MergeTree,
} from './merge-tree/merge-tree';
import { refineGroups } from './refine-groups';
import { smoothProbs } from './smooth-probs';

export type Verdict = 'groups' | 'no-clear-groups' | 'too-few-photos';

/** One grouping that was tried: a point of the curve people can look at. */
export interface CurvePoint {
  name: string;
  numGroups: number;
  score: number;
  agreement: number | null;
  isChosen: boolean;
}

export interface Clustering {
  verdict: Verdict;
  /** Groups at detail 1. */
  numGroups: number;
  /** Group of each photo at detail 1, −1 for Unsorted. Shape: [N]. */
  labels: Int32Array;
  /** Probabilities of the groups at detail 1. Shape: [N, G]. */
  probs: Float32Array;
  /** One head over those groups, for new photos and for self-labelling. Null without groups. */
  head: Heads | null;
  /** The smallest parts the detail slider can show. */
  leaves: Leaves;
  /** The head of the over-clustering that leaves are cut along. It is kept instead of its output, which is large. Null without groups. */
  fine: Heads | null;
  /** Tree over the leaves; its cut at detail 1 gives the groups. */
  tree: MergeTree;
  curve: CurvePoint[];
  /** Of the groups, by the judge. */
  score: number;
  /** How far heads agreed, 0–1, where several were asked. */
  stability: number | null;
  /** Why these groups, in a sentence. */
  chosen: string;
}

/** Groups of fewer units go to Unsorted: max(4, min(8, M/200)). */
export function smallestGroup(numUnits: number): number {
  return Math.max(4, Math.min(8, Math.floor(numUnits / 200)));
}

/** The honest answer where there is nothing to show. */
export function noGroups(numPhotos: number, verdict: Exclude<Verdict, 'groups'>, chosen: string): Clustering {
  return {
    ...{
      verdict,
      chosen,
      numGroups: 0,
      probs: new Float32Array(0),
      head: null,
      fine: null,
      curve: [],
      score: 0,
      stability: null,
    },
    labels: new Int32Array(numPhotos).fill(-1),
    leaves: {
      ...{ numLeaves: 0, leafByPhoto: new Int32Array(numPhotos).fill(-1) },
      ...{ groupByLeaf: new Int32Array(0), fineByLeaf: new Int32Array(0) },
    },
    tree: { numClusters: 0, merges: [] },
  };
}

/**
 * Makes the winner's groups into a clustering: drops groups that are too small, trains them a little further, grows leaves and their tree.
 *
 * @param minSize Photos of groups with fewer units go to Unsorted; 0 keeps every group.
 */
export async function makeClustering(
  data: TournamentData,
  winner: Candidate,
  fine: Heads,
  candidates: readonly Candidate[],
  chosen: string,
  minSize = smallestGroup(data.vectors.rows),
): Promise<Clustering> {
  const { isDropped, ...kept } = withoutSmallGroups(winner, await winner.probs(), minSize);
  const { head, probs, score } = await refineGroups(data, kept);
  const curve = toCurve(candidates, winner);
  const facts = {
    ...{ verdict: 'groups' as const, curve, score },
    stability: winner.agreement,
    chosen,
  };
  return { ...facts, head, fine, ...(await growGroups(data, probs, kept.numGroups, fine, isDropped)) };
}

/** The curve for the report, fewest groups first. */
export function toCurve(candidates: readonly Candidate[], winner: Candidate | null): CurvePoint[] {
  return candidates
    .map((candidate) => ({
      ...{ name: candidate.name, numGroups: candidate.numGroups, score: candidate.judgement.score },
      ...{ agreement: candidate.agreement, isChosen: candidate === winner },
    }))
    .sort((a, b) => a.numGroups - b.numGroups);
}

/** Without groups of fewer photos than `minSize`; their photos are marked as dropped, the probabilities of the rest add up to 1. */
function withoutSmallGroups(
  { labels, numGroups }: Candidate,
  probs: Float32Array,
  minSize: number,
): { probs: Float32Array; numGroups: number; isDropped: Uint8Array } {
  const sizes = new Int32Array(numGroups);
  for (const label of labels) sizes[label]!++;
  const kept = [...sizes.keys()].filter((group) => sizes[group]! >= minSize);
  const isDropped = Uint8Array.from(labels, (label) => (sizes[label]! >= minSize ? 0 : 1));
  if (kept.length === numGroups) return { probs, numGroups, isDropped };
  const left = new Float32Array(labels.length * kept.length);
  for (let photo = 0; photo < labels.length; photo++) {
    const total = kept.reduce((sum, group) => sum + probs[photo * numGroups + group]!, 0);
    kept.forEach((group, index) => {
      left[photo * kept.length + index] = total > 0 ? probs[photo * numGroups + group]! / total : 1 / kept.length;
    });
  }
  return { probs: left, numGroups: kept.length, isDropped };
}

/**
 * Leaves and tree for what a head says of the groups, the nearest photos heard.
 *
 * @param fine The head of the over-clustering.
 */
async function growGroups(
  data: TournamentData,
  headProbs: Float32Array,
  numGroups: number,
  fine: Heads,
  isDropped?: Uint8Array,
): Promise<Pick<Clustering, 'numGroups' | 'labels' | 'probs' | 'leaves' | 'tree'>> {
  const probs = smoothProbs(headProbs, numGroups, data.neighbors, data.numNeighbors);
  const sources = await leafSources(data, { probs, numGroups, fine });
  const { leaves, probs: leafProbs } = growLeaves(sources, smallestGroup(data.vectors.rows));
  isDropped?.forEach((flag, photo) => flag && (leaves.leafByPhoto[photo] = -1));
  const links = linkClusters(leafProbs, leaves.numLeaves, data.edges, data.photoWeights);
  const tree = growTree(links, leaves.numLeaves, leaves.groupByLeaf);
  const labels = applyCut(leaves.leafByPhoto, { numGroups, groupByCluster: leaves.groupByLeaf });
  return { numGroups, labels, probs, leaves, tree };
}

/** The same groups by another head over them: photos move, leaves and tree grow anew, photos of dropped groups stay in Unsorted. */
export async function regroup(data: TournamentData, clustering: Clustering, head: Heads): Promise<Clustering> {
  const probs = await predictProbs(data.engine, head, data.features, { views: 'mean' });
  const isDropped = Uint8Array.from(clustering.labels, (label) => (label < 0 ? 1 : 0));
  return { ...clustering, ...(await growGroups(data, probs, head.numClusters, clustering.fine!, isDropped)), head };
}

/** The groups at another detail, under what the person decided about them. */
export async function readGroups(
  data: LeafData,
  clustering: Clustering,
  detail: number,
  constraints?: MergeConstraints,
): Promise<{ numGroups: number; labels: Int32Array; probs: Float32Array }> {
  const { leaves, tree, fine, numGroups, probs } = clustering;
  if (!fine) return { numGroups, labels: clustering.labels, probs };
  const cut = cutTree(tree, detail, constraints);
  const leafProbs = probsOfLeaves(await leafSources(data, { probs, numGroups, fine }), leaves);
  const labels = applyCut(leaves.leafByPhoto, cut);
  return { numGroups: cut.numGroups, labels, probs: sumProbs(leafProbs, leaves.numLeaves, cut) };
}

type LeafData = Pick<TournamentData, 'engine' | 'features'>;

async function leafSources(
  { engine, features }: LeafData,
  { probs, numGroups, fine }: { probs: Float32Array; numGroups: number; fine: Heads },
): Promise<LeafSources> {
  const fineProbs = await predictProbs(engine, fine, features, { views: 'mean' });
  return { groupProbs: probs, numGroups, fineProbs, numFine: fine.numClusters };
}
