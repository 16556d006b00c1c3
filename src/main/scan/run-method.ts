/**
 * @file The method, one step after another. Read this first.
 *
 * The five steps are those of SCAN [1]. Before them, shots of one burst and copies of one photo become one *unit*, so that a burst of twenty
 * does not look like a kind of its own. After them, the groups are read at the level of detail that was asked for.
 *
 * [1] Van Gansbeke et al., SCAN: Learning to Classify Images without Labels, ECCV 2020, arXiv:2005.12320.
 */
import type { TournamentData } from './clustering/choosing/candidates';
import { clusterPhotos } from './clustering/tournament';
import { type Clustering, readGroups, regroup } from './clustering/clustering';
import { correctEdges, type Lessons } from './clustering/heads/lessons';
import { findTeachers } from './confident/find-teachers';
import { showGroups, type ShownGroups } from './confident/show-groups';
import type { Engine } from './engine/engine';
import type { AnyViewSet } from './math/matrix';
import { findLookAlikes, type LookAlikes } from './neighbors/find-look-alikes';
import { type Learned, learnFeatures } from './pretext/learn-features';
import { type Refinement, refineHead } from './self-label/refine-head';
import type { UnitInput } from './units/unit-input';
import { joinUnits, type Units } from './units/units';

export interface MethodSettings {
  /** A number of groups, or `auto` to find it. */
  numGroups: number | 'auto';
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
}

/** What the steps learn from. N counts units. */
export interface MethodInput {
  /** The trunk's features, view 0 canonical. Shape: [V, N, F]. */
  views: AnyViewSet;
  /** What each unit weighs in training; all alike where left out. Shape: [N]. */
  weights?: Float32Array;
  /** What the person said about some of the photos. */
  lessons?: Lessons;
}

export interface LearnedGroups {
  learned: Learned;
  mined: LookAlikes;
  /** What all steps after the second work on. */
  data: TournamentData;
  /** The groups after step 3. */
  found: Clustering;
  /** The groups after step 5. */
  clustering: Clustering;
  /** What became of self-labelling. */
  refinement: Refinement;
}

/** The five steps. A caller may wrap any of them, to keep what it found or to show how far it is. */
export const methodSteps = { learnFeatures, findLookAlikes, clusterPhotos, findTeachers, refineHead };

export type MethodSteps = typeof methodSteps;

/** Steps 1 to 5: from the trunk's features of every unit to groups. */
export async function learnGroups(
  input: MethodInput,
  settings: MethodSettings,
  steps: MethodSteps = methodSteps,
): Promise<LearnedGroups> {
  // 1. The pretext task: features in which photos of one kind are near each other.
  const learned = await steps.learnFeatures(input.views, settings);
  // 2. The nearest neighbors of every photo.
  const mined = await steps.findLookAlikes(learned, settings);
  // 3. Heads that put neighbors into one cluster.
  const data = tournamentData(learned, mined, settings);
  const found = await steps.clusterPhotos({ ...data, ...taught(data, input), numClusters: settings.numGroups });
  // 4. The photos that these heads are sure of.
  const teachers = await steps.findTeachers(data, found);
  // 5. Self-labelling: they teach the others.
  const refinement = await steps.refineHead(data, found, teachers);
  const clustering = refinement.head ? await regroup(data, found, refinement.head) : found;
  return { learned, mined, data, found, clustering, refinement };
}

/** The groups at a level of detail, with the confidence of every photo. 1 is the detail they were found at. */
export async function groupsAtDetail(
  { data, mined, clustering }: Pick<LearnedGroups, 'data' | 'mined' | 'clustering'>,
  detail: number,
): Promise<ShownGroups & { probs: Float32Array }> {
  const groups = await readGroups(data, clustering, detail);
  return { ...showGroups(groups, mined), probs: groups.probs };
}

/**
 * The whole method: from the trunk's features of every photo to the groups that a person sees.
 *
 * @param viewsOf The trunk's features of the photos at some places, view 0 canonical. Shape: [V, M, F].
 * @returns `labels` and `confidences` of every photo; everything else counts units.
 */
export async function runMethod(
  photos: UnitInput,
  viewsOf: (photoIndices: Int32Array) => AnyViewSet,
  settings: MethodSettings & { detail: number },
): Promise<LearnedGroups & { units: Units; shown: ShownGroups; labels: Int32Array; confidences: Float32Array }> {
  // 0. Bursts and copies count once.
  const units = joinUnits(photos, settings.seed);
  const { representatives, weights, unitIndex } = units;
  const groups = await learnGroups({ views: viewsOf(representatives), weights }, settings);
  const shown = await groupsAtDetail(groups, settings.detail);
  return {
    ...{ ...groups, units, shown },
    labels: Int32Array.from(unitIndex, (unit) => shown.labels[unit]!),
    confidences: Float32Array.from(unitIndex, (unit) => shown.confidences[unit]!),
  };
}

/** How much each unit counts in step 3, and what the person said about some of them. */
function taught({ edges }: TournamentData, { weights, lessons }: MethodInput): Partial<TournamentData> {
  return { photoWeights: weights, ...(lessons && { lessons, edges: correctEdges(edges, lessons) }) };
}

/** What heads are trained on and groupings are judged by. */
export function tournamentData(
  { features, vectors }: Learned,
  { lists, numNeighbors, kept }: LookAlikes,
  { seed, engine, signal }: Pick<MethodSettings, 'seed' | 'engine' | 'signal'>,
): TournamentData {
  return { features, vectors, neighbors: lists, numNeighbors, edges: kept, seed, engine, signal };
}
