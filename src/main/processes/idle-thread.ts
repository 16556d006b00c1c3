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
  private isClosed = false;

  constructor(private readonly options: IdleThreadOptions<T>) {}

  /**
   * @throws {AppError} What the thread answered; `cancelled` once it is closed. Any other failure ends the thread, and the next request starts
   *   another.
   */
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
    if (this.isClosed) return;
    this.open();
    this.stopWhenIdle();
  }

  /** Resolves when everything is answered that was asked for, meanwhile too. */
  async settled(): Promise<void> {
    let seen: Promise<unknown>;
    do {
      seen = this.last;
      await seen;
    } while (seen !== this.last);
  }

  /** Ends the thread and what it is at; the next request starts another. */
  async stop(): Promise<void> {
    clearTimeout(this.idleTimer);
    await this.worker?.terminate();
    this.worker = null;
  }

  /** Ends it for good. What still waits is refused: a thread started for it would keep the program alive after its window is gone. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.stop();
  }

  private async askNow(request: unknown): Promise<T> {
    if (this.isClosed) throw closed();
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
      if (!(error instanceof AppError)) await this.stop();
      throw this.isClosed ? closed() : error;
    } finally {
      worker.off('message', resolve).off('error', reject).off('exit', onExit);
      this.stopWhenIdle();
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

  private stopWhenIdle(): void {
    if (!this.isClosed) this.idleTimer = setTimeout(() => void this.stop(), this.options.idleMs).unref();
  }
}

function closed(): AppError {
  return new AppError('cancelled', 'The library was closed.');
}
