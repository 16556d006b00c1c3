/** @file The engine as the pipeline runs it, on a set of trunk features: learn, mine, cluster, self-label, say how sure. */
import type { Candidate, TournamentData } from '@main/scan/clustering/choosing/candidates';
import { growGroups, type Clustering } from '@main/scan/clustering/clustering';
import { assessConfidence, type Confidence } from '@main/scan/confident/confidence';
import type { Engine } from '@main/scan/engine/engine';
import { applyFeatureModel, photoVectors } from '@main/scan/pretext/feature-model';
import { predictProbs } from '@main/scan/clustering/heads/heads';
import { RANKS_KNOWN } from '@main/scan/clustering/choosing/judge';
import type { ViewSet } from '@main/scan/math/matrix';
import { selfLabel } from '@main/scan/self-label/self-label';
import { clusterPhotos } from '@main/scan/clustering/choosing/tournament';
import { fitWhitening } from '@main/scan/pretext/whiten';
import { chooseNumNeighbors, filterNeighbors, mineNeighbors } from '@main/scan/neighbors/index';

/** Whitened views. */
export async function learn(views: ViewSet, seed: number, engine: Engine): Promise<ViewSet> {
  return applyFeatureModel(engine, { whitening: await fitWhitening(views, { engine, seed }) }, views);
}

/** Learned features, neighbours and trusted edges of a set. */
export async function prepare(views: ViewSet, seed: number, engine: Engine): Promise<TournamentData> {
  const features = await learn(views, seed, engine);
  const vectors = photoVectors(features);
  const numNeighbors = chooseNumNeighbors(vectors.rows);
  const neighbors = await mineNeighbors({ vectors, numNeighbors: RANKS_KNOWN * numNeighbors, engine, seed });
  const edges = filterNeighbors({ neighbors, numNeighbors, vectors, seed });
  return { features, vectors, neighbors, edges, numNeighbors, seed, engine };
}

export interface Grouped {
  clustering: Clustering;
  /** Labels as the tournament leaves them. */
  found: Int32Array;
  /** After self-labelling, where its guard let it. */
  refined: Int32Array;
  /** What a person sees: unsupported photos in Unsorted. */
  shown: Confidence | null;
  selfLabelling: string;
  /** What the tournament chose from. */
  candidates: readonly Candidate[];
}

/** Groups a prepared set, with a number of groups or `auto`. */
export async function group(data: TournamentData, numClusters: number | 'auto'): Promise<Grouped> {
  let candidates: readonly Candidate[] = [];
  let clustering = await clusterPhotos({ ...data, numClusters, onCandidates: (tried) => (candidates = tried) });
  const found = clustering.labels;
  if (!clustering.head || !clustering.fine)
    return { clustering, found, refined: found, shown: null, selfLabelling: clustering.chosen, candidates };
  const { features, seed, engine, edges, neighbors, numNeighbors } = data;
  const { heads, report } = await selfLabel({
    ...{ heads: clustering.head, head: 0, features, neighbors: edges, seed, engine },
  });
  if (report.accepted) {
    const probs = await predictProbs(engine, heads, features, { views: 'mean' });
    const isDropped = Uint8Array.from(found, (label) => (label < 0 ? 1 : 0));
    const grown = await growGroups(data, probs, clustering.numGroups, clustering.fine, isDropped);
    clustering = { ...clustering, ...grown, head: heads };
  }
  const { labels, probs, numGroups } = clustering;
  const shown = assessConfidence({ probs, numGroups, labels, neighbors, numNeighbors, isolated: edges.isolated });
  return {
    clustering,
    found,
    refined: labels,
    shown,
    selfLabelling: `${report.accepted}: ${report.reason}`,
    candidates,
  };
}
