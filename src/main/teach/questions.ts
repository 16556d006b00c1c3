/**
 * @file What is worth asking. [Note: The order of questions]
 *
 * Every question is «do these belong together?» about two small sets of photos. A question is worth what its answer settles: the number of
 * photos whose place hangs on it, times how open the answer is (its entropy in bits). How likely «yes» is comes from the head, with
 * everything that was said so far in it, and from the neighbours: two sets between which neighbours are as frequent as inside them belong
 * together, two between which there are none do not.
 */
import { smallestGroup } from '../ml/clustering';
import type { Store } from '../store/store';
import { leftoversOf } from './leftovers';
import { NUM_CENTRAL, centralUnits, partsOf } from './parts';
import { bestAllowed, confidenceIn, type Taught } from './teach';
import type { TeachModel } from './teach-model';

/** What an answer does; units by index. */
export type Subject =
  /** Does a part belong with the rest of its group? */
  | { kind: 'part'; groupId: string; units: number[] }
  /** Are two groups one? The source would go into the target. */
  | { kind: 'merge'; sourceId: string; targetId: string }
  /** Does a photo belong in a group? */
  | { kind: 'place'; groupId: string; unit: number }
  /** Are photos without a group a group of their own? */
  | { kind: 'form'; units: number[] };

export interface Question {
  /** The same question has the same key: what was answered is not asked again. */
  key: string;
  subject: Subject;
  /** The photos in question, and those to compare with; of a `form` the second are more of the first. */
  these: number[];
  those: number[];
  /** Photos whose place an answer settles. */
  numSettled: number;
  /** Probability of «yes». */
  p: number;
  value: number;
}

/** Photos that followed a neighbour's answer, on average, as a share of its open neighbours. */
const FOLLOWERS = 0.5;
/** Groups between which fewer neighbours go are not suspected of being one. */
const MIN_MERGE = 0.3;
const MIN_GROUP_FOR_PARTS = 16;

/** Every question that is open now, the most valuable first. */
export function openQuestions(store: Store, model: TeachModel, taught: Taught): Question[] {
  const answers = store.db
    .prepare<[], { question: string; answer: string }>('SELECT question, answer FROM answers')
    .all();
  const answered = new Set(answers.map(({ question }) => question));
  // A set that is no group is none with a few photos more either.
  const noGroup = new Set(
    answers.flatMap(({ question, answer }) =>
      answer === 'no' && question.startsWith('form:') ? question.slice('form:'.length).split('.').map(Number) : [],
    ),
  );
  const unitsOf: number[][] = taught.groupIds.map(() => []);
  taught.current.forEach((column, unit) => {
    if (column >= 0 && taught.members[unit]!.length > 0) unitsOf[column]!.push(unit);
  });
  const named = new Set(
    store.db
      .prepare<[], { id: string }>('SELECT id FROM groups WHERE name IS NOT NULL')
      .all()
      .map((row) => row.id),
  );
  const all = { model, taught, unitsOf, named, noGroup };
  return [...aboutParts(all), ...aboutMerges(all), ...aboutPlaces(all), ...aboutLeftovers(all)]
    .filter(({ key }) => !answered.has(key))
    .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
}

interface Everything {
  model: TeachModel;
  taught: Taught;
  unitsOf: readonly number[][];
  named: ReadonlySet<string>;
  /** Photos of which the person said that they are no group. */
  noGroup: ReadonlySet<number>;
}

function* aboutParts({ model, taught, unitsOf }: Everything): Generator<Question> {
  const { groupIds, isPlaced, lessons } = taught;
  for (const [column, units] of unitsOf.entries()) {
    if (units.length < MIN_GROUP_FOR_PARTS) continue;
    const groupId = groupIds[column]!;
    const parts = partsOf(model, units);
    const anchor = anchorPart(parts, isPlaced);
    for (const part of parts) {
      if (part === anchor) continue;
      // A part of which enough was confirmed is known to belong.
      const numKnown = part.units.filter((unit) => lessons.placed.get(unit) === groupId).length;
      if (numKnown >= 2 || part.central.length < 2) continue;
      const rest = units.length - part.units.length;
      const inside = linksTo(model, part.units, new Set(part.units));
      const across = linksTo(model, part.units, new Set(units)) - inside;
      // As frequent across as by chance inside the group: one thing.
      const p = clamp((across / Math.max(1e-6, across + inside)) * (units.length / rest));
      yield question(`part:${groupId}:${idsOf(model, part.central)}`, {
        subject: { kind: 'part', groupId, units: part.units },
        ...{ these: part.central, those: anchor.central, numSettled: sizeOf(taught, part.units), p },
        // A part that does not hold together would be answered with «not sure».
        weight: inside / model.numNeighbors,
      });
    }
  }
}

/** The part that stands for its group: the one with the most confirmed photos, else the largest. */
function anchorPart<T extends { units: number[] }>(parts: readonly T[], isPlaced: Uint8Array): T {
  const known = (part: T): number => part.units.filter((unit) => isPlaced[unit]).length;
  return parts.reduce((best, part) => (known(part) > known(best) ? part : best), parts[0]!);
}

function* aboutMerges({ model, taught, unitsOf, named }: Everything): Generator<Question> {
  const { groupIds } = taught;
  for (let a = 0; a < groupIds.length; a++) {
    for (let b = 0; b < a; b++) {
      const [small, large] = unitsOf[a]!.length < unitsOf[b]!.length ? [a, b] : [b, a];
      const [source, target] = [unitsOf[small]!, unitsOf[large]!];
      const [sourceId, targetId] = named.has(groupIds[small]!)
        ? [groupIds[large]!, groupIds[small]!]
        : [groupIds[small]!, groupIds[large]!];
      if (source.length < 2 || (named.has(sourceId) && named.has(targetId))) continue;
      const across = linksTo(model, source, new Set(target));
      const inside = linksTo(model, source, new Set(source));
      // 1 where neighbours are as frequent between the two as inside; kinds that are merely alike reach a half.
      const likeness = Math.min(1, (across / Math.max(1e-6, across + inside)) * (1 + source.length / target.length));
      if (likeness < MIN_MERGE) continue;
      const p = clamp(likeness ** 2);
      yield question(`merge:${[sourceId, targetId].sort().join(':')}`, {
        subject: { kind: 'merge', sourceId, targetId },
        these: varietyOf(model, taught, small, source),
        those: varietyOf(model, taught, large, target),
        ...{ numSettled: sizeOf(taught, source), p },
        // «No» leaves everything where it is.
        weight: p,
      });
    }
  }
}

function* aboutPlaces({ model, taught, unitsOf }: Everything): Generator<Question> {
  const { groupIds, probs, current, isPlaced, members, lessons } = taught;
  const openness = Float32Array.from(current, (_, unit) => (isPlaced[unit] ? 0 : entropy(pOf(unit, columnOf(unit)))));
  function columnOf(unit: number): number {
    return current[unit]! >= 0 ? current[unit]! : bestAllowed(taught, unit);
  }
  function pOf(unit: number, column: number): number {
    return column < 0 ? 0 : clamp(confidenceIn(model, current, unit, column, probs[unit * groupIds.length + column]!));
  }
  const examples = unitsOf.map((units, column) => examplesOf(model, taught, column, units));
  for (const [unit, column] of current.entries()) {
    if (isPlaced[unit] || members[unit]!.length === 0) continue;
    const asked = column >= 0 ? column : bestAllowed(taught, unit);
    if (asked < 0 || lessons.refused.get(unit)?.has(groupIds[asked]!)) continue;
    let followers = 0;
    for (let at = unit * model.numNeighbors; at < (unit + 1) * model.numNeighbors; at++) {
      const neighbor = model.neighbors[at]!;
      if (neighbor >= 0 && columnOf(neighbor) === asked) followers += FOLLOWERS * openness[neighbor]!;
    }
    const those = examples[asked]!.filter((other) => other !== unit);
    if (those.length === 0) continue;
    yield question(`place:${model.unitIds[unit]}:${groupIds[asked]}`, {
      subject: { kind: 'place', groupId: groupIds[asked]!, unit },
      ...{ these: [unit], those, numSettled: members[unit]!.length, p: pOf(unit, asked) },
      followers,
    });
  }
}

/** Photos in no group that may be one: see leftovers.ts. */
function* aboutLeftovers({ model, taught, noGroup }: Everything): Generator<Question> {
  const { current, isPlaced, members } = taught;
  const isLeft = (unit: number): boolean => current[unit]! < 0 && !isPlaced[unit] && members[unit]!.length > 0;
  for (const units of leftoversOf(model, isLeft, smallestGroup(current.length))) {
    if (units.some((unit) => noGroup.has(model.unitIds[unit]!))) continue;
    const central = centralUnits(model, units, undefined, 2 * NUM_CENTRAL);
    yield question(`form:${idsOf(model, central.slice(0, NUM_CENTRAL))}`, {
      subject: { kind: 'form', units },
      ...{ these: central.filter((_, i) => i % 2 === 0), those: central.filter((_, i) => i % 2 === 1) },
      ...{ numSettled: sizeOf(taught, units), p: 0.5 },
    });
  }
}

function question(
  key: string,
  { followers = 0, weight = 1, ...rest }: Omit<Question, 'key' | 'value'> & { followers?: number; weight?: number },
): Question {
  return { key, ...rest, value: weight * entropy(rest.p) * (rest.numSettled + followers) };
}

/** What a group looks like: what the person confirmed first, then the photos nearest to its middle. */
function examplesOf(
  model: TeachModel,
  { lessons, groupIds }: Taught,
  column: number,
  units: readonly number[],
): number[] {
  const placed = units.filter((unit) => lessons.placed.get(unit) === groupIds[column]);
  if (placed.length >= NUM_CENTRAL) return centralUnits(model, placed);
  const rest = centralUnits(model, units, undefined, 2 * NUM_CENTRAL).filter((unit) => !placed.includes(unit));
  return [...placed, ...rest].slice(0, NUM_CENTRAL);
}

/** One photo from the middle of each of a group's largest parts. */
function varietyOf(model: TeachModel, taught: Taught, column: number, units: readonly number[]): number[] {
  if (units.length < MIN_GROUP_FOR_PARTS) return examplesOf(model, taught, column, units);
  const central = partsOf(model, units).map((part) => part.central[0]!);
  return [...central, ...examplesOf(model, taught, column, units)].slice(0, NUM_CENTRAL);
}

/** How many neighbours of some units are among others, on average. */
function linksTo(
  { neighbors, numNeighbors }: TeachModel,
  units: readonly number[],
  others: ReadonlySet<number>,
): number {
  let count = 0;
  for (const unit of units) {
    for (let at = unit * numNeighbors; at < (unit + 1) * numNeighbors; at++) if (others.has(neighbors[at]!)) count++;
  }
  return count / Math.max(1, units.length);
}

function sizeOf({ members }: Taught, units: readonly number[]): number {
  return units.reduce((sum, unit) => sum + members[unit]!.length, 0);
}

function idsOf({ unitIds }: TeachModel, units: readonly number[]): string {
  return units
    .map((unit) => unitIds[unit]!)
    .sort((a, b) => a - b)
    .join('.');
}

function clamp(p: number): number {
  return Math.min(0.98, Math.max(0.02, p));
}

/** In bits: 1 for an answer that is quite open, 0 for one that is known. */
function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}
