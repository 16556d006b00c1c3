/**
 * @file Whether trainings that start differently find the same groups. [Note: Found again]
 *
 * Among few photos kinds may stand out too little from chance to be measured (`clearness.ts`) and yet be found again and again: of 200 small
 * pictures of ten kinds, twelve heads make the same four groups; of 300 pictures of 300 kinds each makes others (docs/decisions/no-clear-groups.md). Steinley
 * (Properties of the Hubert–Arabie Adjusted Rand Index, Psychological Methods 2004) calls an ARI over .8 good recovery.
 */
import { trainDirectly, type Candidate, type TournamentData } from './candidates';

/** Mean ARI between heads from which on groups count as found again. */
const LEAST_REPEATED = 0.8;

/** Numbers of groups to try. Two and three parts of anything are found again by chance. */
const SIZES = [4, 5, 6, 8, 10, 12, 16];
/** Photos a group: with fewer, heads agree by chance. */
const LEAST_PHOTOS = 20;
/** Among more photos than this, what stands out can be measured. */
const MAX_PHOTOS = 1000;

export interface Repetition {
  /** Mean ARI between heads, the highest found. */
  agreement: number;
  isRepeated: boolean;
  /** What was trained to see it, of use where groups are found again. */
  trained: Candidate[];
}

/** How far trainings agree; null where there are too few photos to ask, or enough to need no asking. */
export async function findRepeated(data: TournamentData): Promise<Repetition | null> {
  const { rows } = data.vectors;
  const sizes = rows > MAX_PHOTOS ? [] : SIZES.filter((size) => size * LEAST_PHOTOS <= rows);
  if (sizes.length === 0) return null;
  const trained: Candidate[] = [];
  let agreement = 0;
  for (const size of sizes) {
    trained.push(await trainDirectly(data, size));
    agreement = Math.max(agreement, trained.at(-1)!.agreement ?? 0);
    if (agreement >= LEAST_REPEATED) break;
  }
  return { agreement, isRepeated: agreement >= LEAST_REPEATED, trained };
}
