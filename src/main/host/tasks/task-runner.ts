import { z } from 'zod';

import type { Store } from '../../store/store';
import { allTasks, readTasks } from './library-tasks';

export const TaskRequest = z.object({ task: z.string(), input: z.unknown() });
export type TaskRequest = z.infer<typeof TaskRequest>;

/** Runs tasks on a store. Inputs were checked by the dispatcher, or come from the program itself. */
export function createTaskRunner(store: Store): (request: TaskRequest) => unknown {
  const reads: Record<string, (input: never) => unknown> = readTasks(store);
  const all: Record<string, (input: never) => unknown> = allTasks(store);
  return ({ task, input }) => {
    const read = reads[task];
    // A read of several tables sees one state of them.
    if (read) return store.db.transaction(() => read(input as never))();
    return all[task]!(input as never);
  };
}
