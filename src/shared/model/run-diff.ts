import { z } from 'zod';

import { GroupId, PhotoId, RunId } from './ids';

const NamedGroup = z.object({ id: GroupId, name: z.string().nullable() });

/** Photos that went from one place to another. */
export const Flow = z.object({
  /** The other end; null: Unsorted. */
  group: NamedGroup.nullable(),
  numPhotos: z.int().min(1),
  /** Some of them, to look at. */
  photoIds: z.array(PhotoId),
});
export type Flow = z.infer<typeof Flow>;

export const GroupChange = z.object({
  /** Null: Unsorted. */
  group: NamedGroup.nullable(),
  kind: z.enum(['appeared', 'vanished', 'changed']),
  numBefore: z.int().min(0),
  numAfter: z.int().min(0),
  /** New photos, which the run before did not know. */
  numNew: z.int().min(0),
  arrived: z.array(Flow),
  left: z.array(Flow),
  /** A new group that most of its photos came out of this one. */
  splitFrom: NamedGroup.nullable(),
  /** A group that is gone: most of its photos are here now. */
  mergedInto: NamedGroup.nullable(),
});
export type GroupChange = z.infer<typeof GroupChange>;

/** What a run changed against what was shown when it placed its photos. Photos that the person placed are in neither. */
export const RunDiff = z.object({
  runId: RunId,
  baseRunId: RunId,
  /** `open`: the person has not said yet. `other`: another run is shown. */
  decision: z.enum(['open', 'accepted', 'rejected', 'other']),
  numSame: z.int().min(0),
  numMoved: z.int().min(0),
  numNew: z.int().min(0),
  /** Those with the most changes first. */
  groups: z.array(GroupChange),
});
export type RunDiff = z.infer<typeof RunDiff>;

/** A run whose groups can be shown again. */
export const KeptRun = z.object({
  id: RunId,
  startedAt: z.string(),
  numPhotos: z.int().min(0),
  numGroups: z.int().min(0),
  isShown: z.boolean(),
  isNewest: z.boolean(),
});
export type KeptRun = z.infer<typeof KeptRun>;
