/**
 * @file What follows from corrections, at once and without training. [Note: Lessons act in two steps]
 *
 * A correction moves the photos that it names and nothing else. What it says about others is worked out here, from the head of the run that
 * is shown and everything that was said so far, and is only ever a proposal: the person looks and accepts, or does not.
 */
import { LIKELY_FROM } from '../ml/confidence';
import { addRow, logitsOf, refitHead } from '../ml/refit-head';
import { softmaxRows } from '../ml/losses/softmax';
import { createMatrix, rowOf as vectorOf } from '../ml/matrix';
import type { Store } from '../store/store';
import { readUnitLessons, toRowLessons, unitFinder, type UnitLessons } from './lessons-of-rows';
import type { TeachModel } from './teach-model';

/** A model with the lessons in it. Columns are groups as they are shown now, aliases joined. */
export interface Taught {
  groupIds: readonly string[];
  /** Shape: [M, G]. */
  probs: Float32Array;
  /** The same before any lesson; a group that the person made has none. Shape: [M, G]. */
  before: Float32Array;
  lessons: UnitLessons;
  /** The column of each unit's group now; −1 in no group, or in one without a row. Shape: [M]. */
  current: Int32Array;
  /** 1 where the person placed a photo of the unit, or took it out of everything. Shape: [M]. */
  isPlaced: Uint8Array;
  /** Photos of each unit that are shown. */
  members: readonly number[][];
}

export interface Move {
  photoId: number;
  groupId: string;
  confidence: number;
}

/** Photos that the person put into a group which no row stands for: enough to find others like them. */
const MIN_EXAMPLES = 2;

/** Fits the touched rows to everything that was said. */
export function teach(store: Store, model: TeachModel): Taught {
  const lessons = readUnitLessons(store, model);
  const shownId = aliases(store);
  const rowGroups = model.head.groupIds.map((id) => shownId.get(id) ?? null);
  let { rows } = model;
  const known = new Set(rowGroups);
  const numTaught = new Map<string, number>();
  for (const groupId of [...lessons.placed.values(), ...lessons.accepted.values()])
    numTaught.set(groupId, (numTaught.get(groupId) ?? 0) + 1);
  for (const [groupId, count] of numTaught) {
    if (known.has(groupId) || count < MIN_EXAMPLES) continue;
    rows = addRow(rows, model.vectors, count);
    rowGroups.push(groupId);
  }
  const baseRows = model.rows.numGroups;
  const rowOf = (groupId: string, unit: number): number | undefined => {
    let best: number | undefined;
    rowGroups.forEach((id, row) => {
      if (id !== groupId) return;
      const isBetter =
        best === undefined ||
        (row < baseRows && model.logits[unit * baseRows + row]! > model.logits[unit * baseRows + best]!);
      if (isBetter) best = row;
    });
    return best;
  };
  const { head, touched } = refitHead(rows, model.vectors, model.moment, toRowLessons(lessons, rowOf));
  const changed = new Set([...touched, ...rowGroups.keys()].filter((row) => row >= baseRows || touched.includes(row)));
  const logits = withRows(model, head, changed);
  const groupIds = [...new Set(rowGroups.filter((id) => id !== null))];
  const columnOfRow = rowGroups.map((id) => (id === null ? -1 : groupIds.indexOf(id)));
  return {
    ...{ groupIds, lessons },
    probs: toGroups(logits, columnOfRow, groupIds.length),
    before: toGroups(model.logits, columnOfRow.slice(0, baseRows), groupIds.length),
    ...placesOf(store, model, groupIds),
  };
}

/** Where each group is shown: itself, or the one that it was merged into. */
function aliases(store: Store): Map<string, string> {
  const rows = store.db
    .prepare<[], { id: string; shown: string }>('SELECT id, coalesce(merged_into, id) AS shown FROM groups')
    .all();
  return new Map(rows.map(({ id, shown }) => [id, shown]));
}

/** The known logits with some rows computed anew, and new rows at the end. Shape: [M, G]. */
function withRows(
  model: TeachModel,
  head: { width: number; numGroups: number; weights: Float32Array; biases: Float32Array },
  changed: ReadonlySet<number>,
): Float32Array {
  const { width, numGroups } = head;
  const numUnits = model.unitIds.length;
  const list = [...changed].sort((a, b) => a - b);
  const some = {
    ...{ width, numGroups: list.length },
    weights: Float32Array.from(list.flatMap((row) => [...head.weights.subarray(row * width, (row + 1) * width)])),
    biases: Float32Array.from(list, (row) => head.biases[row]!),
  };
  const anew = logitsOf(some, model.vectors);
  const known = model.rows.numGroups;
  const logits = new Float32Array(numUnits * numGroups);
  for (let unit = 0; unit < numUnits; unit++) {
    for (let row = 0; row < known; row++) logits[unit * numGroups + row] = model.logits[unit * known + row]!;
    list.forEach((row, at) => (logits[unit * numGroups + row] = anew[unit * list.length + at]!));
  }
  return logits;
}

/** Probabilities of rows, summed over each group's rows; what rows of vanished groups claim is nobody's. */
function toGroups(logits: Float32Array, columnOfRow: readonly number[], numGroups: number): Float32Array {
  const numRows = columnOfRow.length;
  const probs = softmaxRows(logits.slice(), numRows);
  const sums = new Float32Array((probs.length / numRows) * numGroups);
  for (let at = 0, start = 0; at < probs.length; start += numGroups) {
    for (let row = 0; row < numRows; row++, at++) {
      if (columnOfRow[row]! >= 0) sums[start + columnOfRow[row]!]! += probs[at]!;
    }
  }
  return sums;
}

function placesOf(
  store: Store,
  model: TeachModel,
  groupIds: readonly string[],
): Pick<Taught, 'current' | 'isPlaced' | 'members'> {
  const columnOf = new Map(groupIds.map((id, column) => [id, column]));
  const unitOf = unitFinder(store, model);
  const current = new Int32Array(model.unitIds.length).fill(-1);
  const isPlaced = new Uint8Array(model.unitIds.length);
  const members: number[][] = model.unitIds.map(() => []);
  for (const { photo_id: photoId, group_id: groupId, is_placed } of store.memberships.all()) {
    const unit = unitOf(photoId);
    if (unit === undefined) continue;
    members[unit]!.push(photoId);
    if (is_placed) isPlaced[unit] = 1;
    if (photoId === model.unitIds[unit]) current[unit] = columnOf.get(groupId ?? '') ?? -1;
  }
  return { current, isPlaced, members };
}

/** Least probability from which a photo follows a lesson, and by how much the lesson has to have raised it. */
const MIN_PROB = 0.5;
const MIN_RISE = 0.1;
/** Photos follow where they would be likely, not unsure. */
const MIN_CONFIDENCE = LIKELY_FROM;

/** The photos that would move, and nothing that the person placed. */
export function proposeMoves(model: TeachModel, taught: Taught): Move[] {
  const { groupIds, probs, before, lessons, current, isPlaced, members } = taught;
  const numGroups = groupIds.length;
  const best = new Int32Array(current);
  for (let unit = 0; unit < current.length; unit++) {
    if (isPlaced[unit] || members[unit]!.length === 0) continue;
    const start = unit * numGroups;
    const top = bestAllowed(taught, unit);
    if (top < 0 || top === current[unit] || probs[start + top]! < MIN_PROB) continue;
    const isRaised = probs[start + top]! - before[start + top]! >= MIN_RISE;
    if (isRaised || lessons.accepted.has(unit)) best[unit] = top;
  }
  const moves: Move[] = [];
  for (let unit = 0; unit < current.length; unit++) {
    const to = best[unit]!;
    if (to < 0 || to === current[unit]) continue;
    const confidence = confidenceIn(model, best, unit, to, probs[unit * numGroups + to]!);
    if (confidence < MIN_CONFIDENCE) continue;
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
