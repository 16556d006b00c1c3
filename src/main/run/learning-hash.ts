import { createHash } from 'node:crypto';

/** Rises when a change to the learning makes earlier results differ: they are then computed anew. */
export const LEARNING_VERSION = 15;

/** Names a computation by everything it depends on. */
export function hashOf(...parts: (string | number)[]): string {
  return createHash('sha256')
    .update([LEARNING_VERSION, ...parts].join('\n'))
    .digest('hex');
}
