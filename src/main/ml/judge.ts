/**
 * @file The label-free judge: how much more often photos share a group with neighbours that no training and no merging has seen than
 * chance would have it. [Note: Why held-out neighbours judge]
 *
 * Neighbours of ranks 1…K teach the heads and build the merge tree, so any grouping made from them looks good on them. Ranks K+1…2K
 * come from the same pictures, are a little harder, and were used for nothing. Over some forty candidate groupings a set, the score
 * below correlates with ARI against the hidden truth (figures in docs/results.md), so it helps to choose the number of groups, the
 * objective and the detail, and it is the honest scale for "no clear groups here".
 */
import type { NeighborLists } from './neighbor-lists';

export interface Judgement {
  /** Share of held-out pairs in one group, minus `expected`. */
  modularity: number;
  /** Share of held-out pairs whose two photos are in one group. */
  together: number;
  /** The share expected of random pairs: Σ_c q_c² with q_c the share of photos in group c. */
  expected: number;
  /** −Σ_c q_c log q_c, in nats: how much a group's name tells. */
  entropy: number;
  /** What groupings are compared by, see [Note: Score of a grouping]. */
  score: number;
  /** Standard error of the agreement, as a share of what is beyond chance. */
  error: number;
}

/**
 * [Note: Score of a grouping] Modularity alone prefers few large groups where the features are weak: a wrong neighbour is usually from
 * a similar kind, and lumping similar kinds together forgives it. On the small pictures it prefers seven groups to the true ten.
 * Multiplying by what the groups tell (√H) alone goes too far the other way: a group cut in two costs little agreement and adds
 * entropy. So agreement beyond chance is asked twice, of the photos, κ = Q/(1 − Σ q²), and of the groups, the plain mean of each
 * group's own (r − q)/(1 − q) with r the share of its photos' neighbours that stay in it: a group that does not hold together shows in
 * the second however small it is. Groupings are compared by √(κ · mean κ of the groups · H). Figures in docs/results.md.
 */

/**
 * Scores a grouping by held-out neighbour modularity: `Q = Σ w_ij·[l_i = l_j] / Σ w − Σ_c q_c²`.
 *
 * A photo without a group (label −1) agrees with nobody and adds nothing to the expectation, so leaving photos out costs what they
 * would have agreed.
 *
 * @param labels Group of each photo, −1 for none. Shape: [N].
 * @param neighbors Neighbour lists of 2K ranks or more.
 * @param ranks Which ranks to ask, as a half-open interval; usually [K, 2K).
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
  const pairsByGroup = new Map<number, { all: number; together: number }>();
  let mass = 0;
  let together = 0;
  let pairs = 0;
  for (let photo = 0; photo < numPhotos; photo++) {
    const weight = photoWeights?.[photo] ?? 1;
    const group = labels[photo]!;
    mass += weight;
    if (group >= 0) massByGroup.set(group, (massByGroup.get(group) ?? 0) + weight);
    const own = pairsByGroup.get(group) ?? { all: 0, together: 0 };
    pairsByGroup.set(group, own);
    for (let rank = ranks.from; rank < to; rank++) {
      const neighbor = indices[photo * numNeighbors + rank]!;
      if (neighbor < 0) continue;
      const pair = weight * (photoWeights?.[neighbor] ?? 1);
      own.all += pair;
      if (group >= 0 && labels[neighbor] === group) own.together += pair;
    }
  }
  for (const own of pairsByGroup.values()) {
    pairs += own.all;
    together += own.together;
  }
  if (pairs === 0 || mass === 0) return { modularity: 0, together: 0, expected: 0, entropy: 0, score: 0, error: 1 };
  let expected = 0;
  let entropy = 0;
  let kappaOfGroups = 0;
  for (const [group, groupMass] of massByGroup) {
    const share = groupMass / mass;
    const own = pairsByGroup.get(group)!;
    expected += share ** 2;
    entropy -= share * Math.log(share);
    if (share < 1 && own.all > 0) kappaOfGroups += (own.together / own.all - share) / (1 - share) / massByGroup.size;
  }
  const modularity = together / pairs - expected;
  const kappa = expected < 1 ? modularity / (1 - expected) : 0;
  const score = Math.sqrt(Math.max(0, kappa) * Math.max(0, kappaOfGroups) * Math.max(0, entropy));
  const agreed = together / pairs;
  const error = modularity > 0 ? Math.sqrt((agreed * (1 - agreed)) / numPhotos) / modularity : 1;
  return { modularity, together: agreed, expected, entropy, score, error };
}
