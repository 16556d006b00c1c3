/** @file The method as a scan runs it, on a set of trunk features. What it learns of a set serves several searches for groups. */
import type { Candidate, TournamentData } from '@main/scan/clustering/choosing/candidates';
import type { Clustering } from '@main/scan/clustering/clustering';
import type { ShownGroups } from '@main/scan/confident/show-groups';
import type { Engine } from '@main/scan/engine/engine';
import type { ViewSet } from '@main/scan/math/matrix';
import {
  groupsAtDetail,
  learnGroups,
  methodSteps,
  tournamentData,
  type MethodInput,
  type MethodSteps,
} from '@main/scan/run-method';

/** What a set is grouped by: its features and neighbours are learned once. */
export interface Prepared extends TournamentData {
  input: MethodInput;
  known: Pick<MethodSteps, 'learnFeatures' | 'findLookAlikes'>;
}

/** Learned features, neighbours and trusted edges of a set. */
export async function prepare(views: ViewSet, seed: number, engine: Engine, weights?: Float32Array): Promise<Prepared> {
  const learned = await methodSteps.learnFeatures(views, { seed, engine });
  const mined = await methodSteps.findLookAlikes(learned, { seed, engine });
  const known = {
    learnFeatures: () => Promise.resolve(learned),
    findLookAlikes: () => Promise.resolve(mined),
  };
  return { ...tournamentData(learned, mined, { seed, engine }), input: { views, weights }, known };
}

export interface Grouped {
  clustering: Clustering;
  /** Labels as the tournament leaves them. */
  found: Int32Array;
  /** After self-labelling, where its guard let it. */
  refined: Int32Array;
  /** What a person sees: unsupported photos in Unsorted. */
  shown: ShownGroups;
  /** What became of self-labelling. */
  note: string;
  /** What the tournament chose from. */
  candidates: readonly Candidate[];
}

/** Groups a prepared set, with a number of groups or `auto`. */
export async function group({ input, known, seed, engine }: Prepared, numGroups: number | 'auto'): Promise<Grouped> {
  let candidates: readonly Candidate[] = [];
  const groups = await learnGroups(
    input,
    { numGroups, seed, engine },
    {
      ...{ ...methodSteps, ...known },
      clusterPhotos: (options) =>
        methodSteps.clusterPhotos({ ...options, onCandidates: (tried) => (candidates = tried) }),
    },
  );
  const { clustering, found, refinement } = groups;
  return {
    ...{ clustering, candidates, note: refinement.note },
    ...{ found: found.labels, refined: clustering.labels, shown: await groupsAtDetail(groups, 1) },
  };
}
