/**
 * @file When new photos are worth learning from. [Note: Placing without learning]
 *
 * Learning anew costs minutes and may move photos that a person is used to find where they are. So a few new photos are placed by what was
 * learned before, and nothing else moves; only when there are many of them, or when what was learned does not know what to do with them, is
 * the whole library learned again.
 */

/** How the library compares with what the run learned from. Bursts and copies count once. */
export interface SinceLearning {
  numLearned: number;
  /** Came since, over however many small additions, and are there now. */
  numNew: number;
  /** Share of photos in Unsorted or unsure, when the run ended and now that the new ones are placed. */
  miscShareThen: number;
  miscShareNow: number;
}

const MAX_NEW_SHARE = 0.2;
const MISC_GROWTH = 2;
/** A share below this is not taken for the measure: a single odd photo doubles the share of a library that has hardly any. */
const LEAST_MISC_SHARE = 0.05;

/** Whether so many photos are new that the whole is learned again. */
export function hasManyNew({ numLearned, numNew }: Pick<SinceLearning, 'numLearned' | 'numNew'>): boolean {
  return numNew > MAX_NEW_SHARE * numLearned;
}

/** Why the whole is to be learned again, in words; null where placing the new photos will do. */
export function whyLearnAgain(since: SinceLearning): string | null {
  if (hasManyNew(since)) {
    return 'Kindred learned again: more than a fifth as many photos were new as it had learned from.';
  }
  const { miscShareThen, miscShareNow } = since;
  if (miscShareNow > MISC_GROWTH * Math.max(LEAST_MISC_SHARE, miscShareThen)) {
    return 'Kindred learned again: with the new photos, twice as many as before were unsure or in no group.';
  }
  return null;
}

/** Share of photos that are in no group or unsure. */
export function miscShare(placed: readonly { groupId: string | null; confidence: number }[]): number {
  const numMisc = placed.filter(({ groupId, confidence }) => groupId === null || confidence < 0.5).length;
  return numMisc / Math.max(1, placed.length);
}
