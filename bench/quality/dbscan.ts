/** @file DBSCAN in the plane, and a radius for it that nobody has to choose. */

type Point = readonly number[];

/** Share of the photos that the largest cluster may hold, by the rule of PhotoMapAI 1.2. */
const LARGEST_SHARE = 0.25;
const NUM_RADII = 20;

/**
 * Density clusters (Ester, Kriegel, Sander and Xu, A density-based algorithm for discovering clusters, KDD 1996).
 *
 * @param points Positions in the plane. Shape: [N, 2].
 * @param radius How near a point must be to count as around another.
 * @param corePoints A point with this many around it, itself included, is a core.
 * @returns Cluster of each point from 0; every point left out has a negative label of its own. Shape: [N].
 */
export function dbscan(points: readonly Point[], radius: number, corePoints: number): Int32Array {
  const near = findNear(points, radius);
  const labels = Int32Array.from(points, (_, point) => -1 - point);
  let numClusters = 0;
  for (let start = 0; start < points.length; start++) {
    if (labels[start]! >= 0 || near(start).length < corePoints) continue;
    const waiting = [start];
    while (waiting.length > 0) {
      const point = waiting.pop()!;
      if (labels[point]! >= 0 && point !== start) continue;
      labels[point] = numClusters;
      const around = near(point);
      if (around.length >= corePoints) waiting.push(...around.filter((other) => labels[other]! < 0));
    }
    numClusters++;
  }
  return labels;
}

/**
 * The largest of some quantiles of the distances to the `corePoints`-th nearest point at which no cluster holds a quarter of all points; the
 * smallest where every one of them does.
 */
export function suggestRadius(points: readonly Point[], corePoints: number): number {
  const distances = points.map((point) => nthDistance(points, point, corePoints)).sort((a, b) => a - b);
  const radii = Array.from({ length: NUM_RADII }, (_, index) => {
    const share = 0.5 + (0.5 * (NUM_RADII - index)) / NUM_RADII;
    return distances[Math.min(distances.length - 1, Math.floor(share * distances.length))]!;
  });
  const isFine = (radius: number): boolean => {
    const sizes = new Map<number, number>();
    for (const label of dbscan(points, radius, corePoints)) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    return Math.max(...sizes.values()) < LARGEST_SHARE * points.length;
  };
  return radii.find(isFine) ?? radii.at(-1)!;
}

function nthDistance(points: readonly Point[], [x, y]: Point, count: number): number {
  const nearest = new Float64Array(count + 1).fill(Infinity);
  for (const [otherX, otherY] of points) {
    const distance = Math.hypot(otherX! - x!, otherY! - y!);
    if (distance >= nearest[count]!) continue;
    nearest[count] = distance;
    nearest.sort();
  }
  return nearest[count]!;
}

/** Points within the radius of each, by a grid of cells as wide as the radius. */
function findNear(points: readonly Point[], radius: number): (point: number) => number[] {
  const cellOf = ([x, y]: Point): [number, number] => [Math.floor(x! / radius), Math.floor(y! / radius)];
  const cells = new Map<string, number[]>();
  points.forEach((point, index) => {
    const key = cellOf(point).join();
    const held = cells.get(key);
    if (held) held.push(index);
    else cells.set(key, [index]);
  });
  return (index) => {
    const [x, y] = points[index]!;
    const [column, row] = cellOf(points[index]!);
    const found: number[] = [];
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const other of cells.get(`${column + dx},${row + dy}`) ?? [])
          if (Math.hypot(points[other]![0]! - x!, points[other]![1]! - y!) <= radius) found.push(other);
    return found;
  };
}
