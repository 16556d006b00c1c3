import { z } from 'zod';

import { JournalId } from './ids';

/** One thing the person did. */
export const HistoryEntry = z.object({
  id: JournalId,
  /** In plain words: «Renamed “Beach” to “Summer”». */
  label: z.string(),
  at: z.string(),
  isUndone: z.boolean(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const History = z.object({
  /** Newest first. */
  entries: z.array(HistoryEntry),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
});
export type History = z.infer<typeof History>;
