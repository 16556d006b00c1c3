import { z } from 'zod';

import { RunId } from '@shared/model/ids';
import { RunProgress } from '@shared/model/run';

/** @file What host and pipeline worker say to each other. */

export const ToWorker = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    libraryDir: z.string(),
    runId: RunId,
    trunksDirs: z.array(z.string()),
    numCrashes: z.int().min(0),
  }),
  /** Leave the machine to the person from now on, or no longer. */
  z.strictObject({ kind: z.literal('gentle'), isGentle: z.boolean() }),
  /** Stop at the next safe point and leave the run in this state. */
  z.strictObject({ kind: z.literal('stop'), state: z.enum(['paused', 'cancelled']) }),
]);
export type ToWorker = z.infer<typeof ToWorker>;

export const FromWorker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: RunProgress }),
  /** Groups or photos changed, and screens that show them have to read them again. */
  z.object({ kind: z.literal('changed'), revision: z.int() }),
  /** Native code is about to read this photo, or came back from it: tells the host which file a crash belongs to. */
  z.object({ kind: z.literal('reading'), photoId: z.int() }),
  z.object({ kind: z.literal('read'), photoId: z.int() }),
  /** The run goes on in another process: this one is full of what it had to read. */
  z.object({ kind: z.literal('renew') }),
  z.object({ kind: z.literal('log'), level: z.enum(['info', 'warn', 'error']), message: z.string() }),
  z.object({
    kind: z.literal('ended'),
    state: z.enum(['done', 'paused', 'cancelled', 'failed']),
    message: z.string().nullable(),
  }),
]);
export type FromWorker = z.infer<typeof FromWorker>;
