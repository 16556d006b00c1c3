/**
 * @file Who speaks for which group. [Note: Who speaks for a group]
 *
 * A photo speaks for the group that the run put it into, and one that the person placed for the group it was placed in. In a group that the
 * person took apart the run's word counts no more: there those that the person placed speak for the photos that are nearest to them in the
 * run's tree, so that what came out of the group weighs as much as all the photos that it may hold. Elsewhere it counts no more for a photo
 * that is among the nearest of two or more that were moved to one other group: those speak for it. One photo that was moved may be an odd
 * one out, and takes nobody along.
 */
import type { TeachModel } from './teach-model';

/** What sources are made of; groups by column. */
export interface Said {
  /** The column that the run put a unit into, −1 for none. Shape: [M]. */
  byRun: Int32Array;
  /** The column that the person put a unit into. */
  placed: ReadonlyMap<number, number>;
  /** Whether a unit was taken out of a group. */
  isRefused: (unit: number, column: number) => boolean;
  /** Columns that the person took apart. */
  divided: ReadonlySet<number>;
}

const NOWHERE = -1;
/** As many of its nearest does a photo that was moved speak for. */
const NUM_NEAREST = 16;
/** So many have to agree. */
const ENOUGH_MOVED = 2;

/** The mass that each unit gives off, by column. Shape: G × [M]. */
export function sourcesOf(
  model: Pick<TeachModel, 'leaves' | 'merges' | 'neighbors' | 'numNeighbors'>,
  said: Said,
  numColumns: number,
): Float32Array[] {
  const { byRun, placed, isRefused, divided } = said;
  const sources = Array.from({ length: numColumns }, () => new Float32Array(byRun.length));
  /** What hangs below each place of the tree, a run's group at a time: mass without a voice, and units that could give it theirs. */
  const below = new Map<string, { mass: number; voices: number[] }>();
  const nodeOf = (column: number, leaf: number): { mass: number; voices: number[] } => {
    const key = `${column} ${leaf}`;
    return below.get(key) ?? below.set(key, { mass: 0, voices: [] }).get(key)!;
  };
  const speak = (unit: number, mass: number): void => {
    sources[placed.get(unit)!]![unit]! += mass;
  };
  const besideMoved = nearestOfMoved(model, said);
  for (let unit = 0; unit < byRun.length; unit++) {
    const column = byRun[unit]!;
    const leaf = model.leaves[unit]!;
    if (placed.has(unit)) {
      speak(unit, 1);
      if (column >= 0) nodeOf(column, leaf).voices.push(unit);
    } else if (column >= 0) {
      const moved = besideMoved.get(unit);
      if (divided.has(column)) nodeOf(column, leaf).mass++;
      else if (moved) for (const voice of moved) speak(voice, 1 / moved.length);
      else if (!isRefused(unit, column)) sources[column]![unit] = 1;
    }
  }
  const settle = (node: { mass: number; voices: number[] }): void => {
    if (node.mass === 0 || node.voices.length === 0) return;
    for (const unit of node.voices) speak(unit, node.mass / node.voices.length);
    node.mass = 0;
  };
  below.forEach(settle);
  const join = (column: number, into: number, from: number): void => {
    const gone = below.get(`${column} ${from}`);
    if (!gone) return;
    const kept = nodeOf(column, into);
    kept.mass += gone.mass;
    kept.voices.push(...gone.voices);
    below.delete(`${column} ${from}`);
    settle(kept);
  };
  for (const column of new Set(byRun)) {
    for (const { a, b } of model.merges) join(column, a, b);
    // What no merge reached: photos that are in no part of the tree.
    for (const leaf of new Set(model.leaves)) if (leaf !== NOWHERE) join(column, NOWHERE, leaf);
  }
  return sources;
}

/** Of each photo that the run has in a group from which photos near to it were moved: those that were, where they agree on the group. */
function nearestOfMoved(
  { neighbors, numNeighbors }: Pick<TeachModel, 'neighbors' | 'numNeighbors'>,
  { byRun, placed }: Said,
): Map<number, number[]> {
  const movedNear = new Map<number, number[]>();
  for (const [unit, column] of placed) {
    if (byRun[unit]! < 0 || byRun[unit] === column) continue;
    const start = unit * numNeighbors;
    for (const other of neighbors.subarray(start, start + Math.min(NUM_NEAREST, numNeighbors))) {
      if (other < 0 || byRun[other] !== byRun[unit] || placed.has(other)) continue;
      movedNear.set(other, [...(movedNear.get(other) ?? []), unit]);
    }
  }
  const isAgreed = (units: readonly number[]): boolean =>
    units.length >= ENOUGH_MOVED && units.every((unit) => placed.get(unit) === placed.get(units[0]!));
  return new Map([...movedNear].filter(([, units]) => isAgreed(units)));
}
