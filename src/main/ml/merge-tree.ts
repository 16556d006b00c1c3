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
 * where affinity falls below γ [1]. So the detail slider only ever splits or joins whole groups.
 *
 * [1] Bonald, Charpentier, Galland, Hollocou, *Hierarchical Graph Clustering using Node Pair Sampling*, 2018, arXiv:1806.01664.
 */
import type { RaggedNeighbors } from './neighbor-lists';

/** Everything the detail slider needs, as plain JSON: a few hundred clusters, whatever the number of photos. */
export interface MergeTree {
  numClusters: number;
  /** E_ab, symmetric, adding up to 1. Shape: [C, C], row-major. */
  links: number[];
}

/** Pairs of clusters that a person has judged. */
export interface MergeConstraints {
  /** Never in one group: the person named them differently. */
  apart?: readonly (readonly [number, number])[];
  /** Always in one group: the person merged them. */
  together?: readonly (readonly [number, number])[];
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
 */
export function buildMergeTree(
  probs: Float32Array,
  numClusters: number,
  edges: Pick<RaggedNeighbors, 'offsets' | 'indices' | 'weights'>,
  photoWeights?: ArrayLike<number>,
): MergeTree {
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
  const symmetric = new Array<number>(links.length).fill(0);
  for (let a = 0; a < numClusters; a++) {
    for (let b = 0; b < numClusters; b++) {
      symmetric[a * numClusters + b] = (links[a * numClusters + b]! + links[b * numClusters + a]!) / (2 * (total || 1));
    }
  }
  return { numClusters, links: symmetric };
}

/** Reads the groups at a detail γ: merges the pair of highest affinity while that exceeds γ. */
export function cutTree(tree: MergeTree, detail: number, constraints: MergeConstraints = {}): Cut {
  const merging = startMerging(tree, constraints);
  for (let best = merging.best(); best && best.affinity > detail; best = merging.best()) merging.merge(best.a, best.b);
  return merging.cut();
}

/** Reads the tree at a number of groups, or as near above it as constraints and unconnected clusters allow. */
export function cutTreeAt(tree: MergeTree, numGroups: number, constraints: MergeConstraints = {}): Cut {
  const merging = startMerging(tree, constraints);
  for (let best = merging.best(); best && merging.numGroups() > numGroups; best = merging.best()) {
    merging.merge(best.a, best.b);
  }
  return merging.cut();
}

/** The affinities at which the tree merges, highest first: groups at detail γ are C minus the number above γ. */
export function mergeHeights(tree: MergeTree): number[] {
  const merging = startMerging(tree, {});
  const heights: number[] = [];
  for (let best = merging.best(); best && best.affinity > 0; best = merging.best()) {
    heights.push(best.affinity);
    merging.merge(best.a, best.b);
  }
  return heights;
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

/** Share of a group's neighbour edges that stay in it, E_cc/e_c: a coherent group keeps most. Shape: [G]. */
export function retentionOfGroups(tree: MergeTree, { groupByCluster, numGroups }: Cut): Float32Array {
  const inside = new Float64Array(numGroups);
  const mass = new Float64Array(numGroups);
  tree.links.forEach((link, at) => {
    const a = groupByCluster[Math.floor(at / tree.numClusters)]!;
    mass[a]! += link;
    if (a === groupByCluster[at % tree.numClusters]) inside[a]! += link;
  });
  return Float32Array.from(inside, (value, group) => (mass[group] === 0 ? 0 : value / mass[group]!));
}

/** Agglomeration with the best partner of every group remembered: O(C²) in all but unusual cases. */
function startMerging({ numClusters, links }: MergeTree, { apart = [], together = [] }: MergeConstraints) {
  const edges = Float64Array.from(links);
  const mass = new Float64Array(numClusters);
  const owner = Int32Array.from({ length: numClusters }, (_, cluster) => cluster);
  const isAlive = new Uint8Array(numClusters).fill(1);
  const isApart = new Uint8Array(numClusters * numClusters);
  const partner = new Int32Array(numClusters).fill(-1);
  let numAlive = numClusters;
  for (let at = 0; at < edges.length; at++) mass[Math.floor(at / numClusters)]! += edges[at]!;
  for (const [a, b] of apart) isApart[a * numClusters + b] = isApart[b * numClusters + a] = 1;

  const affinity = (a: number, b: number): number => {
    if (isApart[a * numClusters + b]) return -1;
    const expected = mass[a]! * mass[b]!;
    return expected > 0 ? edges[a * numClusters + b]! / expected : 0;
  };
  const findPartner = (a: number): void => {
    partner[a] = -1;
    for (let b = 0; b < numClusters; b++) {
      if (b === a || !isAlive[b]) continue;
      if (partner[a] < 0 || affinity(a, b) > affinity(a, partner[a]!)) partner[a] = b;
    }
  };
  const merge = (keep: number, gone: number): void => {
    for (let c = 0; c < numClusters; c++) {
      edges[keep * numClusters + c]! += edges[gone * numClusters + c]!;
      if (isApart[gone * numClusters + c]) isApart[keep * numClusters + c] = isApart[c * numClusters + keep] = 1;
      if (owner[c] === gone) owner[c] = keep;
    }
    for (let c = 0; c < numClusters; c++) edges[c * numClusters + keep]! += edges[c * numClusters + gone]!;
    mass[keep]! += mass[gone]!;
    isAlive[gone] = 0;
    numAlive--;
    for (let c = 0; c < numClusters; c++) {
      if (!isAlive[c]) continue;
      if (c === keep || partner[c] === keep || partner[c] === gone) findPartner(c);
    }
  };
  for (const [a, b] of together) if (owner[a] !== owner[b]) merge(owner[a]!, owner[b]!);
  for (let a = 0; a < numClusters; a++) if (isAlive[a]) findPartner(a);

  return {
    merge,
    numGroups: () => numAlive,
    best(): { a: number; b: number; affinity: number } | null {
      let best: { a: number; b: number; affinity: number } | null = null;
      for (let a = 0; a < numClusters; a++) {
        if (!isAlive[a] || partner[a]! < 0) continue;
        const value = affinity(a, partner[a]!);
        if (value >= 0 && (!best || value > best.affinity)) best = { a, b: partner[a]!, affinity: value };
      }
      return best;
    },
    cut(): Cut {
      const numberOf = new Map<number, number>();
      const groupByCluster = owner.map((root) => {
        if (!numberOf.has(root)) numberOf.set(root, numberOf.size);
        return numberOf.get(root)!;
      });
      return { numGroups: numberOf.size, groupByCluster };
    },
  };
}
