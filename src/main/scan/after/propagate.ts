/**
 * @file What is known of some photos, spread to those that are like them. [Note: Spreading over neighbours]
 *
 * A handful of examples is too few to fit a boundary in a hundred dimensions, but photos of one kind are linked to each other through their neighbours.
 * Each source gives off a mass that walks from neighbour to neighbour and stops after every step with probability 1 − α:
 *
 *     F = (1 − α) Σ_t αᵗ (W D⁻¹)ᵗ y
 *
 * with W the neighbour graph, made symmetric, and D its degrees: the closed form of Zhou et al. [1] with the walk that keeps mass, so that a
 * group weighs as much afterwards as its sources did, and a large group is not drowned by a small one with better connected examples. F is
 * linear in y and one group's F does not depend on the others: after an answer only the groups that it touches are computed.
 *
 * [1] Zhou, Bousquet, Lal, Weston, Schölkopf, *Learning with Local and Global Consistency*, NIPS 2003.
 */

/** Undirected neighbour graph: unit i has entries `offsets[i]` to `offsets[i + 1]`. */
export interface NeighborGraph {
  /** Shape: [M + 1]. */
  offsets: Int32Array;
  indices: Int32Array;
  /** Share of the *other* unit's mass that comes here with a step: the edge's weight by that unit's degree. */
  shares: Float32Array;
}

/** Joins lists of neighbours to a graph; a pair that names each other counts twice. Shape of `neighbors`: [M, K], −1 for none. */
export function joinNeighbors(neighbors: Int32Array, numNeighbors: number): NeighborGraph {
  const numUnits = neighbors.length / numNeighbors;
  const offsets = new Int32Array(numUnits + 1);
  for (const [at, other] of neighbors.entries()) {
    if (other < 0) continue;
    offsets[Math.floor(at / numNeighbors) + 1]!++;
    offsets[other + 1]!++;
  }
  for (let unit = 0; unit < numUnits; unit++) offsets[unit + 1]! += offsets[unit]!;
  const next = offsets.slice();
  const indices = new Int32Array(offsets[numUnits]!);
  for (const [at, other] of neighbors.entries()) {
    if (other < 0) continue;
    const unit = Math.floor(at / numNeighbors);
    indices[next[unit]!++] = other;
    indices[next[other]!++] = unit;
  }
  const shares = Float32Array.from(indices, (other) => 1 / (offsets[other + 1]! - offsets[other]!));
  return { offsets, indices, shares };
}

/** α: mass walks 1/(1 − α) = ten steps on average, enough to cross a group of some hundred photos. */
const ALPHA = 0.9;
/** What would walk further is an eighth of the mass, and nearly even. */
const STEPS = 20;

/**
 * Spreads the mass of sources.
 *
 * @param sources y. Shape: [M].
 * @returns F. Shape: [M].
 */
export function spread({ offsets, indices, shares }: NeighborGraph, sources: Float32Array): Float32Array {
  let walked = sources;
  for (let step = 0; step < STEPS; step++) {
    const next = new Float32Array(sources.length);
    for (let unit = 0; unit < next.length; unit++) {
      let sum = 0;
      for (let at = offsets[unit]!; at < offsets[unit + 1]!; at++) sum += shares[at]! * walked[indices[at]!]!;
      next[unit] = ALPHA * sum + (1 - ALPHA) * sources[unit]!;
    }
    walked = next;
  }
  return walked;
}
