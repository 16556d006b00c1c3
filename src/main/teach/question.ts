import type { Taught } from './teach';
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

/** What questions are made from. */
export interface Everything {
  model: TeachModel;
  taught: Taught;
  unitsOf: readonly number[][];
  named: ReadonlySet<string>;
  /** Photos that the person said are no group. */
  noGroup: ReadonlySet<number>;
  /** Groups that an answer split off and that nobody named: they may belong elsewhere. */
  fresh: ReadonlySet<string>;
  splitFrom: ReadonlyMap<string, string>;
}

/** A question, worth what its answer settles: see [Note: The order of questions]. */
export function question(
  key: string,
  { followers = 0, weight = 1, ...rest }: Omit<Question, 'key' | 'value'> & { followers?: number; weight?: number },
): Question {
  return { key, ...rest, value: weight * entropy(rest.p) * (rest.numSettled + followers) };
}

export function sizeOf({ members }: Taught, units: readonly number[]): number {
  return units.reduce((sum, unit) => sum + members[unit]!.length, 0);
}

/** Ids of units as a question's key holds them. */
export function idsOf({ unitIds }: TeachModel, units: readonly number[]): string {
  return units
    .map((unit) => unitIds[unit]!)
    .sort((a, b) => a - b)
    .join('.');
}

export function clamp(p: number): number {
  return Math.min(0.98, Math.max(0.02, p));
}

/** In bits: 1 for an answer that is quite open, 0 for one that is known. */
export function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}
