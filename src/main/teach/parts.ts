import { rowOf } from '../scan/math/matrix';
import { meanVector } from './teach';
import type { TeachModel } from './teach-model';

/** A bunch of photos of one group that are more like each other than like the rest. */
export interface Part {
  units: number[];
  /** The nearest to its middle first, at most {@link NUM_CENTRAL}. */
  central: number[];
}

export const NUM_CENTRAL = 4;
/** Smaller parts are not asked about as such. */
export const MIN_PART = 8;
/** Photos of a part that the person put into its group, from which on the part is known to belong. */
export const ENOUGH_KNOWN = 2;

/** Two parts that the run's tree joins inside a group. */
export interface Join {
  one: Part;
  other: Part;
  /** Detail from which the two are apart; higher for parts that are more alike. */
  height: number;
}

/**
 * Reads the run's merge tree inside a group: every place where two of its parts come together, the most alike first. Parts follow what
 * was trained, so their borders are better than those of any cut made now.
 *
 * @param minSize Smaller parts are not told apart.
 */
export function joinsOf(model: TeachModel, units: readonly number[], minSize: number): Join[] {
  const partByLeaf = new Map<number, number[]>();
  for (const unit of units) {
    const leaf = model.leaves[unit]!;
    if (leaf >= 0) partByLeaf.set(leaf, [...(partByLeaf.get(leaf) ?? []), unit]);
  }
  const joins: { one: number[]; other: number[]; height: number }[] = [];
  for (const { a, b, height } of model.merges) {
    const [one, other] = [partByLeaf.get(a) ?? [], partByLeaf.get(b) ?? []];
    if (Math.min(one.length, other.length) >= minSize) joins.push({ one, other, height });
    const both = [...one, ...other];
    partByLeaf.set(a, both);
    partByLeaf.set(b, []);
  }
  const toPart = (own: number[]): Part => ({ units: own, central: centralUnits(model, own) });
  return joins.map(({ one, other, height }) => ({ one: toPart(one), other: toPart(other), height }));
}

/** The units nearest to a middle, nearest first. */
export function centralUnits(
  model: TeachModel,
  units: readonly number[],
  center = meanVector(model, units),
  count = NUM_CENTRAL,
): number[] {
  const likeness = new Map(units.map((unit) => [unit, dot(rowOf(model.vectors, unit), center)]));
  return [...units].sort((a, b) => likeness.get(b)! - likeness.get(a)! || a - b).slice(0, count);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += a[d]! * b[d]!;
  return sum;
}
