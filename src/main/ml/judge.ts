/**
 * @file The label-free judge: how much more often photos share a group with their neighbours than chance would have it.
 *
 * [Note: Which neighbours judge] 2K neighbours of each photo are known; the first K teach the heads and build the merge tree. Judging by ranks
 * K+1…2K alone, which nothing was trained on, is the purer test, and a wrong one for small groups: in a group of twelve photos, ranks 8…14
 * of each are other groups' photos however good the group is, so small groups were lumped. All 2K ranks judge groupings; half of them
 * still were used for nothing. Over 32 sets from 60 to 5,000 photos, balanced and long-tailed, the ARI lost against the best of some
 * sixty groupings fell from .117 to .058 with it and with [Note: The most agreed among equals]; figures in docs/results.md.
 */
import type { NeighborLists } from './neighbor-lists';

export interface Judgement {
  /** Share of pairs of neighbours in one group, minus `expected`. What groupings are compared by. */
  modularity: number;
  /** Share of pairs of neighbours whose two photos are in one group. */
  together: number;
  /** The share expected of random pairs: Σ_c q_c² with q_c the share of photos in group c. */
  expected: number;
  /** What each photo adds to the modularity: the share of its neighbours in its group, minus 2q of the group. Shape: [N]. */
  influence: Float32Array;
}

/** Ranks 1 to this one judge: all 2K, but at most N/20, and three at least. */
export function lastJudgingRank({ numPhotos, numNeighbors }: NeighborLists): number {
  return Math.min(numNeighbors, Math.max(3, Math.floor(numPhotos / 20)));
}

/**
 * Scores a grouping by its neighbour modularity: `Q = Σ w_ij·[l_i = l_j] / Σ w − Σ_c q_c²`.
 *
 * A photo without a group (label −1) agrees with nobody and adds nothing to the expectation, so leaving photos out costs what they
 * would have agreed.
 *
 * @param labels Group of each photo, −1 for none. Shape: [N].
 * @param neighbors Neighbour lists.
 * @param ranks Which ranks to ask, as a half-open interval.
 * @param photoWeights Weight of each photo, 1 each when left out. Shape: [N].
 */
export function judgeLabels(
  labels: ArrayLike<number>,
  neighbors: NeighborLists,
  ranks: { from: number; to: number },
  photoWeights?: ArrayLike<number>,
): Judgement {
  const { numPhotos, numNeighbors, indices } = neighbors;
  const to = Math.min(ranks.to, numNeighbors);
  const massByGroup = new Map<number, number>();
  const influence = new Float32Array(numPhotos);
  let [mass, together, pairs] = [0, 0, 0];
  for (let photo = 0; photo < numPhotos; photo++) {
    const weight = photoWeights?.[photo] ?? 1;
    const group = labels[photo]!;
    mass += weight;
    if (group >= 0) massByGroup.set(group, (massByGroup.get(group) ?? 0) + weight);
    let [own, all] = [0, 0];
    for (let rank = ranks.from; rank < to; rank++) {
      const neighbor = indices[photo * numNeighbors + rank]!;
      if (neighbor < 0) continue;
      const pair = weight * (photoWeights?.[neighbor] ?? 1);
      all += pair;
      if (group >= 0 && labels[neighbor] === group) own += pair;
    }
    pairs += all;
    together += own;
    influence[photo] = all > 0 ? own / all : 0;
  }
  if (pairs === 0 || mass === 0) return { modularity: 0, together: 0, expected: 0, influence };
  let expected = 0;
  for (const groupMass of massByGroup.values()) expected += (groupMass / mass) ** 2;
  for (let photo = 0; photo < numPhotos; photo++) {
    influence[photo]! -= (2 * (massByGroup.get(labels[photo]!) ?? 0)) / mass;
  }
  return { modularity: together / pairs - expected, together: together / pairs, expected, influence };
}

/**
 * What groupings into one and the same number of groups are compared by, [Note: Groupings of one number]. Modularity t − e would rather have
 * one large group and nine small ones than ten that are equal, since lumping similar kinds forgives wrong neighbours. Asymptotic surprise,
 * the Kullback–Leibler divergence D of (t, 1 − t) from (e, 1 − e) (Traag, Aldecoa and Delvenne, Detecting communities using asymptotical
 * surprise, Physical Review E 2015), leans the other way. Their geometric mean over held-out neighbours picked the best of trained
 * heads, merged clusters and linkage, or one within .03 of its ARI, in eleven of twelve sets; between different numbers of groups it cuts kinds in two (docs/results.md).
 *
 * @returns √((t − e)·D); 0 where pairs are together no more often than by chance.
 */
export function scoreOfSplit({ together, expected }: Judgement): number {
  const [t, e] = [Math.min(together, 1 - 1e-6), Math.max(expected, 1e-6)];
  if (t <= e) return 0;
  const surprise = t * Math.log(t / e) + (1 - t) * Math.log((1 - t) / (1 - e));
  return Math.sqrt((t - e) * surprise);
}

/**
 * The standard error of the difference between two groupings' modularities. Both are asked about the same photos, so what they agree on
 * cancels out: two that differ in one group can be told apart far more exactly than their own errors suggest.
 */
export function errorOfDifference(a: Judgement, b: Judgement): number {
  const count = a.influence.length;
  let [sum, squares] = [0, 0];
  for (let photo = 0; photo < count; photo++) {
    const difference = a.influence[photo]! - b.influence[photo]!;
    sum += difference;
    squares += difference * difference;
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2) / count);
}
