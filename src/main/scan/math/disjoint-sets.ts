/** @file Which things hang together, pair by pair (union-find). */

/** Everything alone. Shape: [N]. */
export function createSets(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, item) => item);
}

/** The item that stands for the set of another. Shortens the way there. */
export function find(parents: Int32Array, item: number): number {
  while (parents[item] !== item) {
    parents[item] = parents[parents[item]!]!;
    item = parents[item]!;
  }
  return item;
}

/** Makes one set of two; its first item stands for it. */
export function join(parents: Int32Array, a: number, b: number): void {
  const [first, second] = [find(parents, a), find(parents, b)];
  parents[Math.max(first, second)] = Math.min(first, second);
}
