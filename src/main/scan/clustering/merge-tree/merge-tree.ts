/**
 * @file From many clusters to few groups: a tree of merges, read at any detail without training anything.
 *
 * [Note: The merge tree] Two clusters belong together when neighbours connect them more often than chance would. With
 *
 *     E_ab = Σ over neighbour edges of w_ij·½(p_i(a)p_j(b) + p_i(b)p_j(a)) / Σ w,   e_a = Σ_b E_ab
 *
 * merging a and b changes the modularity at resolution γ by ΔQ_ab(γ) = 2(E_ab − γ·e_a·e_b), which is positive as long as the
 * *affinity* E_ab/(e_a·e_b) exceeds γ. Merging always the pair of highest affinity makes one tree for all γ: the affinity of a
 * merged group is the e-weighted mean of its parts', so it never rises from merge to merge, and the groups at γ are the tree cut
 * where affinity falls to γ [1]. So the detail slider only ever splits or joins whole groups.
 *
 * [1] Bonald, Charpentier, Galland, Hollocou, *Hierarchical Graph Clustering using Node Pair Sampling*, 2018, arXiv:1806.01664.
 */
import { agglomerate, type Merge } from './agglomerate';
import type { RaggedNeighbors } from '../../neighbors/neighbor-lists';

/** Everything the detail slider needs, as plain JSON: a few hundred merges, whatever the number of photos. */
export interface MergeTree {
  numClusters: number;
  /** Clusters `a` and `b` with all that was merged into them become one at any detail below `height`. Highest first. */
  merges: Merge[];
}

/** Pairs of clusters that a person has judged. */
export interface MergeConstraints {
  /** Never in one group: the person named them differently. */
  apart?: readonly (readonly [number, number])[];
  /** Always in one group: the person merged them. */
  together?: readonly (readonly [number, number])[];
  /** Take no other clusters in, but those they are together with. What else lies in their branch of the tree joins without them. */
  alone?: readonly number[];
}

/** Clusters sorted into groups. */
export interface Cut {
  numGroups: number;
  /** Group of each cluster, numbered in the order of their first cluster. Shape: [C]. */
  groupByCluster: Int32Array;
}

/** Probabilities below this are left out of the links: they move an affinity by less than its third digit. */
const SMALLEST_PROB = 1e-3;

/**
 * Measures how strongly neighbours connect each pair of clusters.
 *
 * @param probs Probabilities of every photo. Shape: [N, C].
 * @param edges Trusted neighbours and their weights.
 * @returns E_ab, symmetric, adding up to 1. Shape: [C, C].
 */
export function linkClusters(
  probs: Float32Array,
  numClusters: number,
  edges: Pick<RaggedNeighbors, 'offsets' | 'indices' | 'weights'>,
  photoWeights?: ArrayLike<number>,
): Float64Array {
  const { offsets, indices, weights } = edges;
  const links = new Float64Array(numClusters * numClusters);
  const pulled = new Float64Array(numClusters);
  let total = 0;
  for (let photo = 0; photo + 1 < offsets.length; photo++) {
    pulled.fill(0);
    for (let edge = offsets[photo]!; edge < offsets[photo + 1]!; edge++) {
      const neighbor = indices[edge]!;
      const weight = weights[edge]! * (photoWeights?.[photo] ?? 1) * (photoWeights?.[neighbor] ?? 1);
      total += weight;
      for (let b = 0, at = neighbor * numClusters; b < numClusters; b++, at++) pulled[b]! += weight * probs[at]!;
    }
    for (let a = 0; a < numClusters; a++) {
      const p = probs[photo * numClusters + a]!;
      if (p < SMALLEST_PROB) continue;
      for (let b = 0; b < numClusters; b++) links[a * numClusters + b]! += p * pulled[b]!;
    }
  }
  return links.map((link, at) => {
    const mirrored = links[(at % numClusters) * numClusters + Math.floor(at / numClusters)]!;
    return (link + mirrored) / (2 * (total || 1));
  });
}

/**
 * Grows the tree of clusters.
 *
 * @param groupByCluster Groups already chosen. The tree then passes through them at detail 1: every merge inside a group is made
 *   at a height above 1, every merge of groups at 1 or below, so the slider starts where the tournament ended.
 */
export function growTree(links: Float64Array, numClusters: number, groupByCluster?: ArrayLike<number>): MergeTree {
  if (!groupByCluster) return { numClusters, merges: agglomerate(links, numClusters) };
  const inside = agglomerate(links, numClusters, { groupByCluster });
  const all = agglomerate(links, numClusters, { first: inside });
  return {
    numClusters,
    merges: all.map((merge, index) => ({
      ...merge,
      height:
        index < inside.length
          ? Math.max(merge.height, 1 + STEP * (inside.length - index))
          : Math.min(merge.height, 1 - STEP * (index - inside.length)),
    })),
  };
}

/** Merges that would pile up at detail 1 lie this far apart, so that every number of groups has a detail of its own. */
const STEP = 1e-6;

/** Reads the groups at a detail γ: all merges of a height above it. */
export function cutTree(tree: MergeTree, detail: number, constraints: MergeConstraints = {}): Cut {
  return join(tree, constraints, ({ height }) => height > detail);
}

/** A detail and the groups it shows. */
export interface Stop {
  detail: number;
  numGroups: number;
}

/** Every number of groups the tree can show, fewest first: the stops of the slider. Detail 1 is one of them. */
export function listStops(tree: MergeTree, constraints: MergeConstraints = {}): Stop[] {
  const heights = tree.merges.map(({ height }) => height);
  const stops: Stop[] = [];
  const addBetween = (above: number, below: number, numGroups: number): void => {
    if (below >= above || stops.at(-1)?.numGroups === numGroups) return;
    const isOne = below <= 1 && above > 1;
    const between = above === Infinity ? 2 * below : below > 0 ? Math.sqrt(above * below) : above / 2;
    stops.push({ detail: isOne ? 1 : between, numGroups });
  };
  join(
    tree,
    constraints,
    () => true,
    (numMade, numLeft) => addBetween(heights[numMade - 1] ?? Infinity, heights[numMade] ?? 0, numLeft),
  );
  return stops.reverse();
}

/** Reads the tree at a number of groups, or as near above it as constraints and unconnected clusters allow. */
export function cutTreeAt(tree: MergeTree, numGroups: number, constraints: MergeConstraints = {}): Cut {
  return join(tree, constraints, (_, numLeft) => numLeft > numGroups);
}

/**
 * The groups that greedy modularity finds at a resolution γ: the pair with the largest gain ΔQ_ab(γ) first, while any gains.
 *
 * Not nested over γ as the tree's are, but it merges large clusters first and so leaves fewer crumbs: the tournament tries it.
 */
export function mergeGreedily(links: Float64Array, numClusters: number, detail: number): Cut {
  const merges = agglomerate(links, numClusters, { gainAt: detail });
  return join({ numClusters, merges }, {}, () => true);
}

/** Labels of photos under a cut of their clusters; −1 stays −1. */
export function applyCut(labels: ArrayLike<number>, { groupByCluster }: Cut): Int32Array {
  return Int32Array.from(labels, (label) => (label < 0 ? -1 : groupByCluster[label]!));
}

/** Probabilities of groups: the sum over each group's clusters. Shape of `probs`: [N, C]; of the result: [N, G]. */
export function sumProbs(probs: Float32Array, numClusters: number, { groupByCluster, numGroups }: Cut): Float32Array {
  const sums = new Float32Array((probs.length / numClusters) * numGroups);
  for (let row = 0, at = 0; at < probs.length; row += numGroups) {
    for (let c = 0; c < numClusters; c++, at++) sums[row + groupByCluster[c]!]! += probs[at]!;
  }
  return sums;
}

/** The most probable group of every photo, the lower index in a tie. Shape of `probs`: [N, C]; of the result: [N]. */
export function topGroups(probs: Float32Array, numClusters: number, { groupByCluster, numGroups }: Cut): Int32Array {
  const labels = new Int32Array(probs.length / numClusters);
  // One photo at a time: the sums of all, for every cut that is tried, are a gigabyte of garbage in a large library.
  const sums = new Float32Array(numGroups);
  for (let photo = 0, at = 0; photo < labels.length; photo++) {
    sums.fill(0);
    for (let c = 0; c < numClusters; c++, at++) sums[groupByCluster[c]!]! += probs[at]!;
    let top = 0;
    for (let group = 1; group < numGroups; group++) if (sums[group]! > sums[top]!) top = group;
    labels[photo] = top;
  }
  return labels;
}

function join(
  { numClusters, merges }: MergeTree,
  { apart = [], together = [], alone = [] }: MergeConstraints,
  isWanted: (merge: Merge, numLeft: number) => boolean,
  onStep?: (numMade: number, numLeft: number) => void,
): Cut {
  const owner = Int32Array.from({ length: numClusters }, (_, cluster) => cluster);
  let numLeft = numClusters;
  const merge = (a: number, b: number): void => {
    const [keep, gone] = [owner[a]!, owner[b]!];
    if (keep === gone) return;
    for (let c = 0; c < numClusters; c++) if (owner[c] === gone) owner[c] = keep;
    numLeft--;
  };
  const isVetoed = (a: number, b: number): boolean =>
    apart.some(([x, y]) => (owner[x] === a && owner[y] === b) || (owner[x] === b && owner[y] === a));
  for (const [a, b] of together) merge(a, b);
  const isAlone = new Set(alone.map((cluster) => owner[cluster]!));
  // A branch goes by the name of one of its clusters. Where that one stays alone, another stands in for the branch; −1 where all do.
  const standIn = owner.map((root, cluster) => (isAlone.has(root) ? -1 : cluster));
  onStep?.(0, numLeft);
  merges.forEach((candidate, index) => {
    const [a, b] = [standIn[candidate.a]!, standIn[candidate.b]!];
    if (a >= 0 && b >= 0 && isWanted(candidate, numLeft) && !isVetoed(owner[a]!, owner[b]!)) merge(a, b);
    if (a < 0) standIn[candidate.a] = b;
    onStep?.(index + 1, numLeft);
  });
  const numberByOwner = new Map<number, number>();
  for (const root of owner) if (!numberByOwner.has(root)) numberByOwner.set(root, numberByOwner.size);
  return { numGroups: numberByOwner.size, groupByCluster: owner.map((root) => numberByOwner.get(root)!) };
}
