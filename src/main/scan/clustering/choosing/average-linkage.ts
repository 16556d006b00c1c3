/** @file Agglomerative clustering by average linkage: the two groups whose photos are on average most alike join, again and again. */
import { createSets, find, join } from '../../math/disjoint-sets';
import type { Engine } from '../../engine/engine';
import { multiply } from '../../math/linear-algebra';
import type { Matrix } from '../../math/matrix';

/** Two groups that joined, each named by one of its photos. */
export interface Link {
  a: number;
  b: number;
  /** Mean of 1 − cosine over all pairs between the two. */
  distance: number;
}

/**
 * Links photos by nearest-neighbour chains, O(N²) in time and memory (Murtagh, A Survey of Recent Advances in Hierarchical Clustering
 * Algorithms, The Computer Journal 1983).
 *
 * @param vectors Rows of length 1. Shape: [N, D].
 * @returns N − 1 links, the closest first.
 */
export async function linkByAverage(engine: Engine, vectors: Matrix): Promise<Link[]> {
  const { rows: count } = vectors;
  const distances = (await multiply(engine, vectors, vectors, { transposeB: true })).values.map((cosine) => 1 - cosine);
  const sizes = new Int32Array(count).fill(1);
  const isAlive = new Uint8Array(count).fill(1);
  const links: Link[] = [];
  const chain: number[] = [];
  while (links.length < count - 1) {
    if (chain.length === 0) chain.push(isAlive.indexOf(1));
    const a = chain.at(-1)!;
    const previous = chain.at(-2) ?? -1;
    let b = previous;
    for (let other = 0; other < count; other++) {
      if (other === a || !isAlive[other]) continue;
      if (b < 0 || distances[a * count + other]! < distances[a * count + b]!) b = other;
    }
    if (b !== previous) {
      chain.push(b);
      continue;
    }
    chain.length -= 2;
    links.push({ a, b, distance: distances[a * count + b]! });
    for (let c = 0; c < count; c++) {
      if (!isAlive[c] || c === a || c === b) continue;
      const sum = sizes[a]! * distances[a * count + c]! + sizes[b]! * distances[b * count + c]!;
      distances[a * count + c] = distances[c * count + a] = sum / (sizes[a]! + sizes[b]!);
    }
    sizes[a]! += sizes[b]!;
    isAlive[b] = 0;
  }
  return links.sort((x, y) => x.distance - y.distance);
}

/**
 * The groups left when all but the last links are made.
 *
 * @param links As {@link linkByAverage} gives them.
 * @returns Labels from 0, in the order of each group's first photo. Shape: [N].
 */
export function cutLinks(links: readonly Link[], numGroups: number): Int32Array {
  const count = links.length + 1;
  const parents = createSets(count);
  for (const { a, b } of links.slice(0, count - numGroups)) join(parents, a, b);
  const numbers = new Map<number, number>();
  return parents.map((_, photo) => {
    const root = find(parents, photo);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}
