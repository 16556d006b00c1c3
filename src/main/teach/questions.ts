/**
 * @file What is worth asking. [Note: The order of questions]
 *
 * Every question is «do these belong together?» about two small sets of photos. A question is worth what its answer settles: the number of
 * photos whose place hangs on it, times how open the answer is (its entropy in bits). How likely «yes» is comes from what was spread over
 * neighbours, and from the neighbours themselves: two sets between which they are as frequent as inside them belong together, two between
 * which there are none do not. So mixed groups are taken apart first, along the run's tree; then comes to which kind each of their pieces
 * belongs, and last bunches of look-alikes.
 */
import { smallestGroup } from '../scan/clustering/clustering';
import type { Store } from '../store/store';
import { leftoversOf } from './leftovers';
import { readAnswers } from './answers';
import { examplesOf, looksOf } from './looks';
import { ENOUGH_KNOWN, NUM_CENTRAL, centralUnits, joinsOf, MIN_PART, type Part } from './parts';
import { aboutPieces, FOLLOW_UP } from './pieces';
import { clamp, entropy, type Everything, idsOf, type Question, question, sizeOf } from './question';
import { bestAllowed, confidenceIn, type Taught } from './teach';
import type { TeachModel } from './teach-model';

/** Photos that followed a neighbour's answer, on average, as a share of its open neighbours. */
const FOLLOWERS = 0.5;
/** Groups between which fewer neighbours go are not suspected of being one. */
const MIN_MERGE = 0.3;
/** Fewer look-alikes are asked about one by one. */
const MIN_BUNCH = 3;

/** Every question that is open now, the most valuable first. */
export function openQuestions(store: Store, model: TeachModel, taught: Taught): Question[] {
  const { answered, noGroup, wasUnsure } = readAnswers(store);
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
  const split = store.db
    .prepare<[], { id: string; splitFrom: string }>(
      "SELECT id, split_from AS splitFrom FROM groups WHERE made_by = 'person' AND split_from IS NOT NULL AND name IS NULL",
    )
    .all();
  const splitFrom = new Map(split.map((row) => [row.id, row.splitFrom]));
  const fresh = new Set(splitFrom.keys());
  const all = { model, taught, unitsOf, named, fresh, splitFrom, noGroup };
  const isOpen = ({ key, subject, these }: Question): boolean => {
    if (answered.has(key)) return false;
    const photoIds = these.map((unit) => model.unitIds[unit]!);
    return subject.kind !== 'place' || !wasUnsure(photoIds, subject.groupId);
  };
  return [...aboutParts(all), ...aboutPieces(all), ...aboutMerges(all), ...aboutPlaces(all), ...aboutLeftovers(all)]
    .filter(isOpen)
    .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
}

/** Two parts of a group that its tree joins: one thing, or two? */
function* aboutParts({ model, taught, unitsOf, fresh }: Everything): Generator<Question> {
  const { groupIds, lessons, divided } = taught;
  for (const [column, units] of unitsOf.entries()) {
    const groupId = groupIds[column]!;
    if (divided.has(groupId) || fresh.has(groupId)) continue;
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

function* aboutMerges({ model, taught, unitsOf, named, fresh, splitFrom }: Everything): Generator<Question> {
  const { groupIds } = taught;
  for (let a = 0; a < groupIds.length; a++) {
    for (let b = 0; b < a; b++) {
      const [small, large] = unitsOf[a]!.length < unitsOf[b]!.length ? [a, b] : [b, a];
      const [source, target] = [unitsOf[small]!, unitsOf[large]!];
      const [sourceId, targetId] = named.has(groupIds[small]!)
        ? [groupIds[large]!, groupIds[small]!]
        : [groupIds[small]!, groupIds[large]!];
      // Said apart when one was taken out of the other.
      if (splitFrom.get(sourceId) === targetId || splitFrom.get(targetId) === sourceId) continue;
      if (source.length < 2 || (named.has(sourceId) && named.has(targetId))) continue;
      const across = linksTo(model, source, new Set(target));
      const inside = linksTo(model, source, new Set(source));
      // 1 where neighbours are as frequent between the two as inside; kinds that are merely alike reach a half.
      const likeness = Math.min(1, (across / Math.max(1e-6, across + inside)) * (1 + source.length / target.length));
      if (likeness < MIN_MERGE) continue;
      const p = clamp(likeness ** 2);
      yield question(`merge:${[sourceId, targetId].sort().join(':')}`, {
        subject: { kind: 'merge', sourceId, targetId },
        these: looksOf(model, taught, small, source),
        those: looksOf(model, taught, large, target),
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
  const examples = unitsOf.map((units, column) => examplesOf(taught, column, units));
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
