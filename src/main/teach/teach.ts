/**
 * @file What follows from corrections, at once and without training. [Note: Lessons act in two steps]
 *
 * A correction moves the photos that it names and nothing else. What it says about others is worked out here, by spreading what the run
 * found and everything that was said so far over neighbours ([Note: Spreading over neighbours]), and is only ever a proposal: the person looks
 * and accepts, or does not. Fitting the touched rows of the run's head instead, as learning again does, needs some hundred examples before
 * it does better (docs/decisions/teaching.md).
 */
import { createMatrix, rowOf as vectorOf } from '../scan/math/matrix';
import { spread } from '../scan/after/propagate';
import type { Store } from '../store/store';
import { readUnitLessons, unitFinder, type UnitLessons } from './unit-lessons';
import { sourcesOf } from './sources';
import type { TeachModel } from './teach-model';

/** What was said, and where that leaves every photo. Columns are groups as they are shown now, aliases joined. */
export interface Said {
  groupIds: readonly string[];
  lessons: UnitLessons;
  /** The column that the run put each unit into, −1 for none. Shape: [M]. */
  byRun: Int32Array;
  /** Groups that the person took apart. */
  divided: ReadonlySet<string>;
  /** The column of each unit's group now, −1 for none. Shape: [M]. */
  current: Int32Array;
  /** 1 where the person placed a photo of the unit, or took it out of everything. Shape: [M]. */
  isPlaced: Uint8Array;
  /** Photos of each unit that are shown. */
  members: readonly number[][];
}

/** A model with the lessons in it. */
export interface Taught extends Said {
  /** Shape: [M, G]. */
  probs: Float32Array;
  /** The same before any lesson; a group that the person made has none. Shape: [M, G]. */
  before: Float32Array;
}

export interface Move {
  photoId: number;
  groupId: string;
  confidence: number;
}

/** Works out what was said until now means for every photo. */
export function teach(store: Store, model: TeachModel): Taught {
  return spreadSaid(model, readSaid(store, model));
}

/** Spreads what was said over neighbours. */
export function spreadSaid(model: TeachModel, said: Said): Taught {
  const { groupIds, lessons, byRun, divided } = said;
  const columnOf = new Map(groupIds.map((id, column) => [id, column]));
  const placed = new Map<number, number>();
  for (const [unit, groupId] of lessons.placed) {
    const column = columnOf.get(groupId);
    if (column !== undefined) placed.set(unit, column);
  }
  const isRefused = (unit: number, column: number): boolean =>
    lessons.refused.get(unit)?.has(groupIds[column]!) === true;
  const dividedColumns = new Set([...divided].map((id) => columnOf.get(id)!));
  const told = sourcesOf(model, { byRun, placed, isRefused, divided: dividedColumns }, groupIds.length);
  const untold = { byRun, placed: new Map<number, number>(), isRefused: () => false, divided: new Set<number>() };
  return {
    ...said,
    probs: toProbs(model, groupIds, 'now', told),
    before: toProbs(model, groupIds, 'before', sourcesOf(model, untold, groupIds.length)),
  };
}

/**
 * How likely each group is for each unit; zeros where no mass comes. Shape: [M, G].
 *
 * With m the mass of a group's sources, F/m is how likely a photo of that group is to be found at a unit, and the group's prior is its share
 * of the library. Both are known roughly. F/m comes out too even: squared, the mean probability equals the mean share of neighbours in the
 * same group, here as in [Note: Confidence]. And m rests on a handful of answers, so only its square root is believed, half-way to all
 * groups being alike: p ∝ √m·(F/m)².
 */
function toProbs(
  { graph, spreads }: TeachModel,
  groupIds: readonly string[],
  when: 'now' | 'before',
  sources: readonly Float32Array[],
): Float32Array {
  const numGroups = groupIds.length;
  const spreadOf = groupIds.map((id, column) => {
    const key = `${when} ${id}`;
    const known = spreads.get(key);
    if (known && sources[column]!.every((value, unit) => value === known.sources[unit])) return known.mass;
    const mass = spread(graph, sources[column]!);
    spreads.set(key, { sources: sources[column]!, mass });
    return mass;
  });
  const scale = sources.map(
    (own) =>
      Math.max(
        1,
        own.reduce((sum, value) => sum + value, 0),
      ) ** -1.5,
  );
  const numUnits = graph.offsets.length - 1;
  const probs = new Float32Array(numUnits * numGroups);
  for (let unit = 0; unit < numUnits; unit++) {
    const start = unit * numGroups;
    let sum = 0;
    spreadOf.forEach((mass, column) => (sum += probs[start + column] = scale[column]! * mass[unit]! ** 2));
    if (sum > 0) for (let at = start; at < start + numGroups; at++) probs[at]! /= sum;
  }
  return probs;
}

function readSaid(store: Store, model: TeachModel): Said {
  const lessons = readUnitLessons(store, model);
  const groups = store.db
    .prepare<[], { id: string; shown: string; splitFrom: string | null }>(
      `SELECT g.id, coalesce(g.merged_into, g.id) AS shown, coalesce(f.merged_into, f.id) AS splitFrom
       FROM groups g LEFT JOIN groups f ON f.id = g.split_from AND g.made_by = 'person' ORDER BY g.created_at, g.id`,
    )
    .all();
  const shownId = new Map(groups.map(({ id, shown }) => [id, shown]));
  const unitOf = unitFinder(store, model);
  const current = new Int32Array(model.unitIds.length).fill(-1);
  const isPlaced = new Uint8Array(model.unitIds.length);
  const members: number[][] = model.unitIds.map(() => []);
  const columnOf = new Map<string, number>();
  const column = (groupId: string | null | undefined): number => {
    if (groupId === null || groupId === undefined) return -1;
    return columnOf.get(groupId) ?? columnOf.set(groupId, columnOf.size).get(groupId)!;
  };
  for (const groupId of model.head.groupIds) column(shownId.get(groupId));
  for (const { photo_id: photoId, group_id: groupId, is_placed } of store.memberships.all()) {
    const unit = unitOf(photoId);
    if (unit === undefined) continue;
    members[unit]!.push(photoId);
    if (is_placed) isPlaced[unit] = 1;
    if (photoId === model.unitIds[unit]) current[unit] = column(groupId);
  }
  const byRun = new Int32Array(model.unitIds.length).fill(-1);
  for (const { photoId, groupId } of placedByRun(store)) {
    const unit = model.indexByUnitId.get(photoId);
    if (unit !== undefined) byRun[unit] = column(shownId.get(groupId));
  }
  const divided = groups.flatMap(({ shown, splitFrom }) =>
    splitFrom !== null && splitFrom !== shown && columnOf.has(splitFrom) ? [splitFrom] : [],
  );
  const groupIds = [...columnOf.keys()];
  return { ...{ groupIds, lessons, byRun, divided: new Set(divided), current, isPlaced, members } };
}

/** Where the run that is shown put photos, at the detail that is shown. */
function placedByRun(store: Store): { photoId: number; groupId: string }[] {
  return store.db
    .prepare<[], { photoId: number; groupId: string }>(
      `SELECT pl.photo_id AS photoId, coalesce(lg.group_id, pl.group_id) AS groupId
       FROM placements pl LEFT JOIN leaf_groups lg ON lg.run_id = pl.run_id AND lg.leaf = pl.leaf
       WHERE pl.run_id = (SELECT run_id FROM shown_run) AND coalesce(lg.group_id, pl.group_id) IS NOT NULL
       ORDER BY pl.photo_id`,
    )
    .all();
}

/** By how much a group has to be more likely than the one that a photo is in, and by how much lessons have to have raised it. */
const MIN_GAIN = 0.1;
/** A photo in no group goes where it is more likely right than wrong. */
const MIN_PROB = 0.5;

/**
 * The photos that would move, and nothing that the person placed. How far their neighbours are in the group already says how sure they
 * will be there, not whether they move: half of a group that was taken apart has its neighbours on the other side.
 */
export function proposeMoves(model: TeachModel, taught: Taught): Move[] {
  const { groupIds, probs, before, lessons, current, isPlaced, members } = taught;
  const numGroups = groupIds.length;
  const best = new Int32Array(current);
  for (let unit = 0; unit < current.length; unit++) {
    if (isPlaced[unit] || members[unit]!.length === 0) continue;
    const start = unit * numGroups;
    const top = bestAllowed(taught, unit);
    if (top < 0 || top === current[unit]) continue;
    const least = current[unit]! < 0 ? MIN_PROB : probs[start + current[unit]!]! + MIN_GAIN;
    const isRaised = probs[start + top]! - before[start + top]! >= MIN_GAIN;
    if (probs[start + top]! >= least && (isRaised || lessons.accepted.has(unit))) best[unit] = top;
  }
  const moves: Move[] = [];
  for (let unit = 0; unit < current.length; unit++) {
    const to = best[unit]!;
    if (to < 0 || to === current[unit]) continue;
    const confidence = confidenceIn(model, best, unit, to, probs[unit * numGroups + to]!);
    for (const photoId of members[unit]!) moves.push({ photoId, groupId: groupIds[to]!, confidence });
  }
  return moves;
}

/** The most probable group that was not refused; −1 for none. */
export function bestAllowed({ groupIds, probs, lessons }: Taught, unit: number, except = -1): number {
  const refused = lessons.refused.get(unit);
  let top = -1;
  for (let column = 0; column < groupIds.length; column++) {
    if (column === except || refused?.has(groupIds[column]!)) continue;
    if (top < 0 || probs[unit * groupIds.length + column]! > probs[unit * groupIds.length + top]!) top = column;
  }
  return top;
}

/** √(p·a), with a the share of the nearest photos that are in the group (see [Note: Confidence]). */
export function confidenceIn(
  { neighbors, numNeighbors }: Pick<TeachModel, 'neighbors' | 'numNeighbors'>,
  columns: Int32Array,
  unit: number,
  column: number,
  p: number,
): number {
  let same = 0;
  let total = 0;
  for (let at = unit * numNeighbors; at < (unit + 1) * numNeighbors; at++) {
    const neighbor = neighbors[at]!;
    if (neighbor < 0) continue;
    total++;
    if (columns[neighbor] === column) same++;
  }
  return total === 0 ? 0 : Math.sqrt((p * same) / total);
}

/** Mean direction of units. Shape: [D], length 1 (or 0). */
export function meanVector(model: TeachModel, units: readonly number[]): Float32Array {
  const mean = createMatrix(1, model.vectors.columns).values;
  for (const unit of units) vectorOf(model.vectors, unit).forEach((value, d) => (mean[d]! += value));
  const length = Math.hypot(...mean);
  return length === 0 ? mean : mean.map((value) => value / length);
}
