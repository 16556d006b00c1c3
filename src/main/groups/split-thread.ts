/** @file Splits are planned on a thread of their own: the arithmetic takes a few hundred milliseconds, which the host does not have. */
import { Worker } from 'node:worker_threads';

import { z } from 'zod';

import { AppError, WireError } from '@shared/ipc/errors';
import { SplitPreview } from '@shared/model/group';

import type { SplitRequest } from './plan-split';

export const SplitThreadRequest = z.strictObject({
  groupId: z.string(),
  numParts: z.int().nullable(),
  seedPhotoIds: z.array(z.int()).nullable(),
});

export type SplitPlan = Omit<SplitPreview, 'groupId'>;
const SplitThreadReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), plan: SplitPreview.omit({ groupId: true }) }),
  z.object({ ok: z.literal(false), error: WireError }),
]);
export type SplitThreadReply = z.input<typeof SplitThreadReply>;

/** The thread goes, and its copy of a group's vectors with it, when nobody asked for this long. */
const IDLE_MS = 60_000;

/** Plans one split after another; a request that waits is answered in its turn. */
export class SplitThread {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly script: string,
    private readonly file: string,
  ) {}

  plan(request: SplitRequest, signal?: AbortSignal): Promise<SplitPlan> {
    const planned = this.last.then(() => {
      signal?.throwIfAborted();
      return this.planNow(request);
    });
    this.last = planned.catch(() => undefined);
    return planned;
  }

  async close(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.worker?.terminate();
    this.worker = null;
  }

  private async planNow(request: SplitRequest): Promise<SplitPlan> {
    clearTimeout(this.idleTimer);
    const worker = (this.worker ??= new Worker(this.script, { workerData: { file: this.file } }));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onExit = (): void => reject(new Error('The thread that plans splits has ended.'));
    worker.once('message', resolve).once('error', reject).once('exit', onExit);
    try {
      worker.postMessage(request);
      const reply = SplitThreadReply.parse(await promise);
      if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
      return reply.plan;
    } catch (error) {
      if (!(error instanceof AppError)) await this.close();
      throw error;
    } finally {
      worker.off('message', resolve).off('error', reject).off('exit', onExit);
      this.idleTimer = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }
}
