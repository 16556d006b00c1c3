import { z } from 'zod';

import { PhotoId } from './ids';

/** Something the person said before that cannot be true together with what is said now. */
export const PairConflict = z.object({
  /**
   * What was said before: `apart`, the two are different; `together`, they belong together; `removed`, the photo does not belong into the
   * group it would go to.
   */
  kind: z.enum(['apart', 'together', 'removed']),
  /** The photos it is about: two, or the one that was removed. */
  photoIds: z.array(PhotoId).min(1).max(2),
  /** How the two hang together, from photo to photo, both included; empty for `removed`. */
  path: z.array(PhotoId),
  /** The group a photo was removed from, where it has a name. */
  groupName: z.string().nullable(),
  saidAt: z.string(),
});
export type PairConflict = z.infer<typeof PairConflict>;
