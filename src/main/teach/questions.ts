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
import { NUM_CENTRAL, centralUnits, joinsOf, type Part } from './parts';
import { bestAllowed, confidenceIn, type Taught } from './teach';
import type { TeachModel } from './teach-model';

/** What an answer does; units by index. */
export type Subject =
  /** Does a part belong with the rest of its group? */
  | { kind: 'part'; groupId: string; units: number[] }
  /** Are two groups one? The source would go into the target. */
  | { kind: 'merge'; sourceId: string; targetId: string }
  /** Does a photo, or a bunch of look-alikes, belong in a group? */
  | { kind: 'place'; groupId: string; units: number[] }
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
/** Smaller parts are not asked about as such. */
const MIN_PART = 8;
/** Photos of a part that the person put into its group, from which on the part is known to belong. */
const ENOUGH_KNOWN = 2;
/** Fewer look-alikes are asked about one by one. */
const MIN_BUNCH = 3;
/** Photos of which half is known, that they are not where they were, come before those of which nothing is. */
const FOLLOW_UP = 4;

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
  const fresh = new Set(
    store.db
      .prepare<[], { id: string }>(
        "SELECT id FROM groups WHERE made_by = 'person' AND split_from IS NOT NULL AND name IS NULL",
      )
      .all()
      .map((row) => row.id),
  );
  const all = { model, taught, unitsOf, named, fresh, noGroup };
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
  /** Groups that an answer split off and that nobody named: they may belong elsewhere. */
  fresh: ReadonlySet<string>;
}

/** Two parts of a group that its tree joins: one thing, or two? */
function* aboutParts({ model, taught, unitsOf }: Everything): Generator<Question> {
  const { groupIds, lessons } = taught;
  for (const [column, units] of unitsOf.entries()) {
    const groupId = groupIds[column]!;
    const numKnown = (part: Part): number => part.units.filter((unit) => lessons.placed.get(unit) === groupId).length;
    for (const { one, other, height } of joinsOf(model, units, MIN_PART)) {
      const [known, otherKnown] = [numKnown(one), numKnown(other)];
      if (Math.min(known, otherKnown) >= ENOUGH_KNOWN) continue;
      const isOneStaying = known === otherKnown ? one.units.length >= other.units.length : known > otherKnown;
      const [going, staying] = isOneStaying ? [other, one] : [one, other];
      yield question(`part:${groupId}:${idsOf(model, going.central)}`, {
        subject: { kind: 'part', groupId, units: going.units },
        ...{ these: going.central, those: staying.central, numSettled: sizeOf(taught, going.units) },
        // At detail 1 parts are as good together as apart; that they are the more alike, the higher they join.
        p: clamp(height / (1 + height)),
      });
    }
  }
}

function* aboutMerges({ model, taught, unitsOf, named, fresh }: Everything): Generator<Question> {
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
        // «No» leaves everything where it is; but a part that was just split off waits for its place.
        weight: fresh.has(sourceId) || fresh.has(targetId) ? FOLLOW_UP : p,
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
  const askedOf = Int32Array.from(current, (column, unit) => {
    if (isPlaced[unit] || members[unit]!.length === 0) return -1;
    const asked = column >= 0 ? column : bestAllowed(taught, unit);
    return asked < 0 || lessons.refused.get(unit)?.has(groupIds[asked]!) ? -1 : asked;
  });
  const near = (unit: number): Int32Array =>
    model.neighbors.subarray(unit * model.numNeighbors, (unit + 1) * model.numNeighbors);
  for (const [unit, asked] of askedOf.entries()) {
    if (asked < 0) continue;
    const alike = [...near(unit)].filter((other) => other >= 0 && askedOf[other] === asked);
    const bunch = [unit, ...alike.filter((other) => near(other).includes(unit))].slice(0, NUM_CENTRAL);
    for (const units of bunch.length < MIN_BUNCH ? [[unit]] : [[unit], bunch]) {
      const those = examples[asked]!.filter((other) => !units.includes(other));
      if (those.length === 0) continue;
      const rest = alike.filter((other) => !units.includes(other));
      const followers = FOLLOWERS * rest.reduce((sum, other) => sum + openness[other]!, 0);
      const p = units.reduce((sum, other) => sum + pOf(other, asked), 0) / units.length;
      yield question(`place:${idsOf(model, units)}:${groupIds[asked]}`, {
        subject: { kind: 'place', groupId: groupIds[asked]!, units },
        ...{ these: units, those, numSettled: sizeOf(taught, units), p },
        followers,
        weight: FOLLOW_UP ** Math.min(3, lessons.refused.get(unit)?.size ?? 0),
      });
    }
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

/** One photo from the middle of each of a group's largest leaves. */
function varietyOf(model: TeachModel, taught: Taught, column: number, units: readonly number[]): number[] {
  const leaves = [...Map.groupBy(units, (unit) => model.leaves[unit]!).values()].sort((a, b) => b.length - a.length);
  const central = leaves.slice(0, NUM_CENTRAL).map((own) => centralUnits(model, own)[0]!);
  return [...new Set([...central, ...examplesOf(model, taught, column, units)])].slice(0, NUM_CENTRAL);
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
