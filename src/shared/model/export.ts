import { z } from 'zod';

import { ExportId } from './ids';

export const ExportMode = z.enum(['copy', 'hardlink', 'symlink', 'move']);
export type ExportMode = z.infer<typeof ExportMode>;

/**
 * What happens when another file already stands at a destination path: the plan names such files and waits for an answer (`ask`),
 * keeps both with a number, or leaves the photo out. An identical file is always left as it is, and a different one is never replaced.
 */
export const ConflictPolicy = z.enum(['ask', 'rename', 'skip']);
export type ConflictPolicy = z.infer<typeof ConflictPolicy>;

export const ExportOptions = z.strictObject({
  destination: z.string().min(1).max(4096),
  mode: ExportMode.default('copy'),
  conflicts: ConflictPolicy.default('ask'),
  /** Leave groups without a name out. */
  namedOnly: z.boolean().default(false),
  /** Where unsure photos go: with their group, left out, or in a folder of their own. */
  unsure: z.enum(['with-group', 'leave-out', 'own-folder']).default('with-group'),
  /** Also export the Unsorted tray, into a folder of its own. */
  unsorted: z.boolean().default(false),
  /** A folder a year inside each group's folder. */
  byYear: z.boolean().default(false),
  /** What belongs to a photo goes with it: sidecars, the RAW beside a JPEG, the clip of a Live Photo. */
  companions: z.boolean().default(true),
  /** Write the group's name as keyword into an XMP sidecar beside each photo. */
  keywords: z.boolean().default(false),
  /** Write a list of what came from where into the destination. */
  manifest: z.boolean().default(false),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

export const ExportPlan = z.object({
  id: ExportId,
  destination: z.string(),
  mode: ExportMode,
  numFiles: z.int().min(0),
  /** Bytes that will be written (none for links). */
  sizeBytes: z.int().min(0),
  /** Already there and identical: nothing will be written for these. */
  numUnchanged: z.int().min(0),
  folders: z.array(z.object({ name: z.string(), numFiles: z.int(), sizeBytes: z.int() })),
  freeBytes: z.int().min(0).nullable(),
  /** Photos whose name is taken by another file at the destination; the policy says what becomes of them. */
  numConflicts: z.int().min(0),
  /** The first of them: the photo, and the place that is taken. */
  conflicts: z.array(z.object({ path: z.string(), target: z.string() })),
  /** Files that are left out because their name is taken. */
  numSkipped: z.int().min(0),
  /** Photos in no group, which stay behind. */
  numUngrouped: z.int().min(0).default(0),
  /** Originals that changed since they were looked at: they may not belong into their group any more. */
  changed: z.array(z.string()).default([]),
  /** Why it cannot start; empty when it can. */
  problems: z.array(z.string()),
});
export type ExportPlan = z.infer<typeof ExportPlan>;

export const ExportState = z.enum(['planned', 'running', 'interrupted', 'done', 'failed', 'undoing', 'undone']);
export type ExportState = z.infer<typeof ExportState>;

export const ExportReport = z.object({
  id: ExportId,
  state: ExportState,
  destination: z.string(),
  mode: ExportMode,
  startedAt: z.string(),
  numPlanned: z.int().min(0),
  numWritten: z.int().min(0),
  numSkipped: z.int().min(0),
  /** Compared by SHA-256 with their originals after writing. */
  numVerified: z.int().min(0),
  bytesWritten: z.int().min(0),
  failed: z.array(z.object({ path: z.string(), reason: z.string() })),
});
export type ExportReport = z.infer<typeof ExportReport>;

export const ExportProgress = z.object({
  id: ExportId,
  state: ExportState,
  done: z.int().min(0),
  total: z.int().min(0),
  bytesWritten: z.int().min(0),
});
export type ExportProgress = z.infer<typeof ExportProgress>;
