import { Worker } from 'node:worker_threads';

import type { z } from 'zod';

import { AppError, type WireError } from '@shared/ipc/errors';

/** What a thread answers: a result, or an error that the person can act on. */
export type ThreadReply<T> = { ok: true; result: T } | { ok: false; error: WireError };

export interface IdleThreadOptions<T> {
  script: string;
  /** The library's database, which the thread opens for itself. */
  file: string;
  reply: z.ZodType<ThreadReply<T>>;
  /** What it does, for the error when it has ended: "plans splits". */
  does: string;
  /** The thread goes, and what it keeps in memory with it, when nobody asked for this long. */
  idleMs: number;
}

/** A thread that answers one request after another; a request that waits is answered in its turn. */
export class IdleThread<T> {
  private worker: Worker | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: IdleThreadOptions<T>) {}

  /** @throws {AppError} What the thread answered; any other failure ends the thread, and the next request starts another. */
  ask(request: unknown, signal?: AbortSignal): Promise<T> {
    const asked = this.last.then(() => {
      signal?.throwIfAborted();
      return this.askNow(request);
    });
    this.last = asked.catch(() => undefined);
    return asked;
  }

  /** Starts the thread before anybody asks, so that the first answer does not wait for it. */
  start(): void {
    this.open();
    this.closeWhenIdle();
  }

  /** Resolves when everything asked for so far is answered. */
  async settled(): Promise<void> {
    await this.last;
  }

  async close(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.worker?.terminate();
    this.worker = null;
  }

  private async askNow(request: unknown): Promise<T> {
    clearTimeout(this.idleTimer);
    const { reply, does } = this.options;
    const worker = this.open();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const onExit = (): void => reject(new Error(`The thread that ${does} has ended.`));
    worker.once('message', resolve).once('error', reject).once('exit', onExit);
    try {
      worker.postMessage(request);
      const answer = reply.parse(await promise);
      if (!answer.ok) throw new AppError(answer.error.code, answer.error.message);
      return answer.result;
    } catch (error) {
      if (!(error instanceof AppError)) await this.close();
      throw error;
    } finally {
      worker.off('message', resolve).off('error', reject).off('exit', onExit);
      this.closeWhenIdle();
    }
  }

  private open(): Worker {
    if (this.worker) return this.worker;
    const { script, file } = this.options;
    const worker = (this.worker = new Worker(script, { workerData: { file } }));
    // One that ends while nobody waits for it is started again when somebody asks.
    const forget = (): void => void (this.worker === worker && (this.worker = null));
    return worker.once('error', forget).once('exit', forget);
  }

  private closeWhenIdle(): void {
    this.idleTimer = setTimeout(() => void this.close(), this.options.idleMs).unref();
  }
}
