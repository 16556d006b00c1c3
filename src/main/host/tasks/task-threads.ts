import { z } from 'zod';

import { WireError } from '@shared/ipc/errors';

import { IdleThread } from '../../processes/idle-thread';
import type { Store } from '../../store/store';
import { type TaskInput, type TaskName, type TaskOutput, type ThreadName, threadOfTask } from './library-tasks';
import { createTaskRunner, type TaskRequest } from './task-runner';

const TaskReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: WireError }),
]);

/** A thread goes when nobody asked for this long. */
const IDLE_MS = 600_000;

/** The threads on which a library is read and edited. See [Note: The host waits for no table]. */
export class TaskThreads {
  private readonly threads: Record<ThreadName, IdleThread<unknown>>;

  constructor(script: string, file: string) {
    const thread = (does: string): IdleThread<unknown> =>
      new IdleThread({ script, file, reply: TaskReply, does, idleMs: IDLE_MS });
    this.threads = {
      reader: thread('reads the library'),
      slowReader: thread('compares runs'),
      editor: thread('edits the library'),
      planner: thread('plans exports'),
    };
    for (const name of ['reader', 'editor'] as const) this.threads[name].start();
  }

  /** @throws {AppError} As the task does. A task that waits when `signal` aborts is not begun; planning is stopped. */
  async ask<K extends TaskName>(task: K, input: TaskInput<K>, signal?: AbortSignal): Promise<TaskOutput<K>> {
    const request: TaskRequest = { task, input };
    const name = threadOfTask[task];
    const thread = this.threads[name];
    const stop = (): void => void thread.stop();
    if (name === 'planner') signal?.addEventListener('abort', stop, { once: true });
    try {
      return (await thread.ask(request, signal)) as TaskOutput<K>;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** Waits for edits that were asked for. */
  async close(): Promise<void> {
    await this.threads.editor.settled();
    await Promise.all(Object.values(this.threads).map((thread) => thread.close()));
  }
}

/** The same where there is no thread, as on the command line: at once. */
export class InlineTasks implements Pick<TaskThreads, 'ask' | 'close'> {
  private readonly run: (request: TaskRequest) => unknown;

  constructor(store: Store) {
    this.run = createTaskRunner(store);
  }

  async ask<K extends TaskName>(task: K, input: TaskInput<K>): Promise<TaskOutput<K>> {
    return (await this.run({ task, input })) as TaskOutput<K>;
  }

  async close(): Promise<void> {}
}
