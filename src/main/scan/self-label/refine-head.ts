import type { TournamentData } from '../clustering/choosing/candidates';
import type { Clustering } from '../clustering/clustering';
import type { Heads } from '../clustering/heads/heads';
import type { Teachers } from '../confident/find-teachers';
import type { OnProgress } from '../engine/pace';
import { selfLabel } from './self-label';

/** What became of self-labelling. */
export interface Refinement {
  /** The refined head; null where the head stays as it was. */
  head: Heads | null;
  /** Why, for the report. */
  note: string;
}

/** Step 5 of the method: the confident photos teach the rest. What they taught is kept only when its guard sees no harm. */
export async function refineHead(
  { features, edges, seed, engine, signal }: TournamentData,
  { head }: Pick<Clustering, 'head'>,
  teachers: Teachers,
  onProgress?: OnProgress,
): Promise<Refinement> {
  if (!teachers.confident) return { head: null, note: `Left out: ${teachers.why}.` };
  const { confident } = teachers;
  const neighbors = edges;
  const { heads, report } = await selfLabel({
    ...{ head: head!, confident, features, neighbors, seed, engine, signal, onProgress },
  });
  const { accepted, reason } = report;
  return accepted ? { head: heads, note: `Kept: ${reason}.` } : { head: null, note: `Left out: ${reason}.` };
}
