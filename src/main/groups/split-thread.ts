/** @file Splits are planned on a thread of their own: the arithmetic takes a few hundred milliseconds, which the host does not have. */
import { z } from 'zod';

import { WireError } from '@shared/ipc/errors';
import { SplitPreview } from '@shared/model/group';

import { IdleThread } from '../processes/idle-thread';
import type { SplitRequest } from './plan-split';

export const SplitThreadRequest = z.strictObject({
  groupId: z.string(),
  numParts: z.int().nullable(),
  seedPhotoIds: z.array(z.int()).nullable(),
});

export type SplitPlan = Omit<SplitPreview, 'groupId'>;
const SplitThreadReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: SplitPreview.omit({ groupId: true }) }),
  z.object({ ok: z.literal(false), error: WireError }),
]);
export type SplitThreadReply = z.input<typeof SplitThreadReply>;

/** A group's vectors are kept this long after the last question. */
const IDLE_MS = 60_000;

/** Plans one split after another. */
export class SplitThread {
  private readonly thread: IdleThread<SplitPlan>;

  constructor(script: string, file: string) {
    this.thread = new IdleThread({ script, file, reply: SplitThreadReply, does: 'plans splits', idleMs: IDLE_MS });
  }

  plan(request: SplitRequest, signal?: AbortSignal): Promise<SplitPlan> {
    return this.thread.ask(request, signal);
  }

  close(): Promise<void> {
    return this.thread.close();
  }
}
