import { describe, expect, it } from 'vitest';

import { joinNeighbors, spread } from '@main/scan/after/propagate';
import { createRandom } from '@shared/random';

const K = 3;

/** Lists of K others each, drawn at random; the last entry of every fourth is missing. */
function lists(numUnits: number): Int32Array {
  const random = createRandom(11);
  return Int32Array.from({ length: numUnits * K }, (_, at) => {
    const unit = Math.floor(at / K);
    if (unit % 4 === 0 && at % K === K - 1) return -1;
    return (unit + 1 + random.int(numUnits - 1)) % numUnits;
  });
}

/** The same by a full matrix, as the formula says it. */
function slowly(neighbors: Int32Array, sources: Float32Array, alpha: number, steps: number): number[] {
  const n = sources.length;
  const weights = Array.from({ length: n }, () => new Float64Array(n));
  neighbors.forEach((other, at) => {
    if (other < 0) return;
    const unit = Math.floor(at / K);
    weights[unit]![other]! += 1;
    weights[other]![unit]! += 1;
  });
  const degrees = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let mass = [...sources];
  for (let step = 0; step < steps; step++) {
    const before = mass;
    mass = before.map(
      (_, i) =>
        (1 - alpha) * sources[i]! +
        alpha * before.reduce((sum, value, j) => sum + (weights[i]![j]! / degrees[j]!) * value, 0),
    );
  }
  return mass;
}

describe('spread', () => {
  const neighbors = lists(24);
  const graph = joinNeighbors(neighbors, K);
  const sources = Float32Array.from({ length: 24 }, (_, unit) => (unit % 7 === 0 ? unit + 1 : 0));

  it('equals the formula worked out with full matrices', () => {
    const mass = spread(graph, sources);
    slowly(neighbors, sources, 0.9, 20).forEach((value, unit) => expect(mass[unit]).toBeCloseTo(value, 3));
  });

  it('keeps all mass, and is linear in what it starts from', () => {
    const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
    const mass = spread(graph, sources);
    expect(total(mass)).toBeCloseTo(total(sources), 2);
    const halves = [0, 1].map((half) =>
      spread(
        graph,
        sources.map((value, unit) => (unit % 2 === half ? value : 0)),
      ),
    );
    mass.forEach((value, unit) => expect(halves[0]![unit]! + halves[1]![unit]!).toBeCloseTo(value, 4));
  });

  it('stays on the side of the graph it started from where nothing joins the two', () => {
    const apart = Int32Array.from([...[1, 2, 1, 0, 2, 0, 1, 0, 1], ...[4, 5, 4, 3, 5, 3, 4, 3, 4]]);
    const mass = spread(joinNeighbors(apart, K), Float32Array.of(1, 0, 0, 0, 0, 0));
    expect([...mass.subarray(3)]).toEqual([0, 0, 0]);
    expect(Math.min(...mass.subarray(0, 3))).toBeGreaterThan(0.2);
  });
});
