import { examplesOf } from './looks';
import { centralUnits, ENOUGH_KNOWN, MIN_PART } from './parts';
import { clamp, type Everything, idsOf, type Question, question, sizeOf } from './question';

/** The weight of a question about photos that were just refused somewhere. Other questions have 1 or less, so these come first. */
export const FOLLOW_UP = 4;

/**
 * Questions about pieces of groups that were taken apart. A piece is one leaf of the run's tree within one group. The question is to which of the
 * new groups it belongs. What the run said of it counts no more, so four confirmed photos of a piece speak for all of it. The likeliest group is
 * asked about first; photos that were refused there are asked about for the next.
 */
export function* aboutPieces({ model, taught, unitsOf, fresh }: Everything): Generator<Question> {
  const { groupIds, probs, lessons, divided, isPlaced, byRun, current, members } = taught;
  const isApart = (unit: number): boolean => {
    const groupId = groupIds[current[unit]! >= 0 ? current[unit]! : byRun[unit]!];
    return groupId !== undefined && (divided.has(groupId) || fresh.has(groupId));
  };
  const apart = [...model.leaves.keys()].filter(
    (unit) => model.leaves[unit]! >= 0 && members[unit]!.length > 0 && isApart(unit),
  );
  const examples = unitsOf.map((units, column) => examplesOf(taught, column, units));
  const meanOf = (column: number, units: readonly number[]): number =>
    units.reduce((sum, unit) => sum + probs[unit * groupIds.length + column]!, 0) / units.length;
  const likeliest = (units: readonly number[]): number => {
    const allowed = [...groupIds.keys()].filter(
      (column) =>
        examples[column]!.length > 0 && !units.some((unit) => lessons.refused.get(unit)?.has(groupIds[column]!)),
    );
    return allowed.reduce(
      (best, column) => (best < 0 || meanOf(column, units) > meanOf(best, units) ? column : best),
      -1,
    );
  };
  for (const ofLeaf of Map.groupBy(apart, (unit) => model.leaves[unit]!).values()) {
    const pieces = Map.groupBy(ofLeaf, (unit) => (lessons.refused.has(unit) ? 'refused' : current[unit]!));
    for (const [where, units] of pieces) {
      const isRefused = where === 'refused';
      const open = units.filter((unit) => !isPlaced[unit]);
      if (open.length < (isRefused ? 2 : MIN_PART)) continue;
      const numKnown = units.filter((unit) => lessons.placed.has(unit)).length;
      if (!isRefused && numKnown >= ENOUGH_KNOWN) continue;
      const these = centralUnits(model, open);
      const asked = likeliest(these);
      // What is less likely than by chance is not worth a look.
      if (asked < 0 || meanOf(asked, open) * groupIds.length < 1) continue;
      yield question(`place:${idsOf(model, these)}:${groupIds[asked]}`, {
        subject: { kind: 'place', groupId: groupIds[asked]!, units: these },
        ...{ these, those: examples[asked]!.filter((unit) => !these.includes(unit)) },
        ...{ numSettled: sizeOf(taught, these), p: clamp(meanOf(asked, open)) },
        followers: sizeOf(taught, isRefused ? ofLeaf : open) - sizeOf(taught, these),
        weight: isRefused ? FOLLOW_UP : 1,
      });
    }
  }
}
