import { NUM_CENTRAL, centralUnits } from './parts';
import type { Taught } from './teach';
import type { TeachModel } from './teach-model';

/** What a group looks like: the photos that are most surely in it. */
export function examplesOf({ groupIds, probs }: Taught, column: number, units: readonly number[]): number[] {
  const p = (unit: number): number => probs[unit * groupIds.length + column]!;
  return [...units].sort((a, b) => p(b) - p(a) || a - b).slice(0, NUM_CENTRAL);
}

/** The photos that stand for a group: those the person placed in it, or else all it holds. */
export function looksOf(model: TeachModel, taught: Taught, column: number, units: readonly number[]): number[] {
  const isKnown =
    units.filter((unit) => taught.lessons.placed.get(unit) === taught.groupIds[column]).length >= NUM_CENTRAL;
  return isKnown ? examplesOf(taught, column, units) : varietyOf(model, taught, column, units);
}

/** One photo from the middle of each of a group's largest leaves. */
function varietyOf(model: TeachModel, taught: Taught, column: number, units: readonly number[]): number[] {
  const leaves = [...Map.groupBy(units, (unit) => model.leaves[unit]!).values()].sort((a, b) => b.length - a.length);
  const central = leaves.slice(0, NUM_CENTRAL).map((own) => centralUnits(model, own)[0]!);
  return [...new Set([...central, ...examplesOf(taught, column, units)])].slice(0, NUM_CENTRAL);
}
