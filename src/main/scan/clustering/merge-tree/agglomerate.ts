/** One merge of a tree: `b` and all it holds joins `a`. */
export interface Merge {
  a: number;
  b: number;
  /** Affinity of the two when they merged. */
  height: number;
}

export interface AgglomerateOptions {
  /** Merge only inside these groups. Shape: [C]. */
  groupByCluster?: ArrayLike<number>;
  /** Merges to make before all others; they head the result. */
  first?: readonly Merge[];
  /** Merge the pair with the largest gain ΔQ at this resolution γ, while there is one, instead of the highest affinity. */
  gainAt?: number;
}

/**
 * Merges two clusters again and again: those of highest affinity E_ab/(e_a·e_b), or of largest gain E_ab − γ·e_a·e_b (see
 * [Note: The merge tree]).
 *
 * The best partner of every cluster is remembered, so a merge costs O(C) in all but unusual cases.
 *
 * @param links E_ab, symmetric. Shape: [C, C].
 */
export function agglomerate(links: Float64Array, numClusters: number, options: AgglomerateOptions = {}): Merge[] {
  const { groupByCluster, first = [], gainAt } = options;
  const edges = links.slice();
  const mass = new Float64Array(numClusters);
  const isAlive = new Uint8Array(numClusters).fill(1);
  const partner = new Int32Array(numClusters).fill(-1);
  const merges: Merge[] = [];
  for (let at = 0; at < edges.length; at++) mass[Math.floor(at / numClusters)]! += edges[at]!;

  const affinity = (a: number, b: number): number => {
    const expected = mass[a]! * mass[b]!;
    return expected > 0 ? edges[a * numClusters + b]! / expected : 0;
  };
  const score = (a: number, b: number): number =>
    gainAt === undefined ? affinity(a, b) : edges[a * numClusters + b]! - gainAt * mass[a]! * mass[b]!;
  const findPartner = (a: number): void => {
    let best = -1;
    for (let b = 0; b < numClusters; b++) {
      if (b === a || !isAlive[b] || (groupByCluster && groupByCluster[a] !== groupByCluster[b])) continue;
      if (best < 0 || score(a, b) > score(a, best)) best = b;
    }
    partner[a] = best;
  };
  const merge = (a: number, b: number, height: number): void => {
    merges.push({ a, b, height });
    for (let c = 0; c < numClusters; c++) edges[a * numClusters + c]! += edges[b * numClusters + c]!;
    for (let c = 0; c < numClusters; c++) edges[c * numClusters + a]! += edges[c * numClusters + b]!;
    mass[a]! += mass[b]!;
    isAlive[b] = 0;
  };

  for (const { a, b, height } of first) merge(a, b, height);
  for (let a = 0; a < numClusters; a++) if (isAlive[a]) findPartner(a);
  for (;;) {
    let a = -1;
    for (let c = 0; c < numClusters; c++) {
      if (!isAlive[c] || partner[c]! < 0) continue;
      if (a < 0 || score(c, partner[c]!) > score(a, partner[a]!)) a = c;
    }
    if (a < 0 || (gainAt !== undefined && score(a, partner[a]!) <= 0)) return merges;
    const b = partner[a]!;
    merge(a, b, affinity(a, b));
    for (let c = 0; c < numClusters; c++) {
      if (!isAlive[c]) continue;
      if (c === a || partner[c] === a || partner[c] === b) findPartner(c);
      else if (partner[c]! >= 0 && partner[a]! >= 0 && score(c, a) > score(c, partner[c]!)) {
        if (!groupByCluster || groupByCluster[a] === groupByCluster[c]) partner[c] = a;
      }
    }
  }
}
