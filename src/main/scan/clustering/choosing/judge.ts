/**
 * @file The label-free judge: how much more often photos share a group with neighbours that no training has seen than chance would have it.
 *
 * [Note: Which neighbours judge] 3K neighbours of each photo are known; the first K teach the heads and build the merge tree, so any grouping
 * looks good on them. The others judge. With K of them instead of 2K the judge cuts kinds in two where there are few: a part of a
 * kind of 120 photos holds its photos' fifteen nearest, and not their forty nearest (three and five kinds: .125 of ARI lost, .076 with 2K).
 *
 * In a library of 60 photos K is five, and fifteen may be more than there are of any kind: no group of six can keep fifteen neighbours of each, so
 * it looks as if lumping were right. At most N/16 ranks are known to the judge: with N/20 it cuts in two where a
 * small library has three or four kinds.
 *
 * [Note: Score of a grouping] Two measures of the same two shares, t of pairs of neighbours that are together and e expected by chance.
 * Modularity t − e lumps: a wrong neighbour is usually from a similar kind, and one group of two kinds forgives it. Asymptotic surprise, the
 * Kullback–Leibler divergence D of (t, 1 − t) from (e, 1 − e) (Traag, Aldecoa and Delvenne, Detecting communities using asymptotical
 * surprise, Physical Review E 2015), has no such limit and cuts kinds in two. Groupings are compared by the geometric mean of the two.
 *
 * Over 49 sets of 60 to 5,000 photos and three to twenty kinds, balanced and long-tailed, the grouping chosen is .045 of ARI behind the best of
 * some eighty; by modularity over 2K ranks it is .072 (docs/decisions/the-judge.md).
 */
import type { NeighborLists } from '../../neighbors/neighbor-lists';

export interface Judgement {
  /** √((t − e)·D), what groupings are compared by, see [Note: Score of a grouping]; 0 where pairs are together no more often than by chance. */
  score: number;
  /** t − e. */
  modularity: number;
  /** t, the share of pairs of neighbours whose two photos are in one group. */
  together: number;
  /** e, the share expected of random pairs: Σ_c q_c² with q_c the share of photos in group c. */
  expected: number;
  /** What each photo adds to the score, to first order and up to a constant. Shape: [N]. */
  influence: Float32Array;
}

/** The ranks that judge: K+1 to 3K; of a small library the later half of the first N/16, three at least. As a half-open interval. */
export function judgingRanks(neighbors: NeighborLists, numNeighbors: number): { from: number; to: number } {
  const to = Math.min(neighbors.numNeighbors, Math.max(3, Math.floor(neighbors.numPhotos / 16)));
  return { from: Math.min(numNeighbors, Math.floor(to / 2)), to };
}

/**
 * Scores a grouping by its pairs of neighbours: t = Σ w_ij·[l_i = l_j] / Σ w against e = Σ_c q_c².
 *
 * A photo without a group (label −1) agrees with nobody and adds nothing to the expectation, so leaving photos out costs what they
 * would have agreed.
 *
 * @param labels Group of each photo, −1 for none. Shape: [N].
 * @param neighbors Neighbour lists.
 * @param ranks Which ranks to ask, as a half-open interval; usually {@link judgingRanks}.
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
  if (pairs === 0 || mass === 0) return { score: 0, modularity: 0, together: 0, expected: 0, influence };
  let expected = 0;
  for (const groupMass of massByGroup.values()) expected += (groupMass / mass) ** 2;
  const { score, byTogether, byExpected } = compare(together / pairs, expected);
  for (let photo = 0; photo < numPhotos; photo++) {
    const share = (massByGroup.get(labels[photo]!) ?? 0) / mass;
    influence[photo] = byTogether * influence[photo]! + 2 * byExpected * share;
  }
  return { score, modularity: together / pairs - expected, together: together / pairs, expected, influence };
}

/** √((t − e)·D) and its slopes in t and e. */
function compare(t: number, e: number): { score: number; byTogether: number; byExpected: number } {
  const [together, expected] = [Math.min(t, 1 - 1e-6), Math.min(Math.max(e, 1e-6), 1 - 1e-6)];
  const modularity = together - expected;
  if (modularity <= 0) return { score: 0, byTogether: 0, byExpected: 0 };
  const logTogether = Math.log(together / expected);
  const logApart = Math.log((1 - together) / (1 - expected));
  const surprise = together * logTogether + (1 - together) * logApart;
  const score = Math.sqrt(modularity * surprise);
  return {
    score,
    byTogether: (surprise + modularity * (logTogether - logApart)) / (2 * score),
    byExpected: -(surprise + (modularity * modularity) / (expected * (1 - expected))) / (2 * score),
  };
}

/**
 * The standard error of the difference between two groupings' scores. Both are asked about the same photos, so what they agree on
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
