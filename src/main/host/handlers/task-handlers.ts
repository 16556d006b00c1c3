import { type AppContract, contract } from '@shared/ipc/contract';
import type { Handlers } from '@shared/ipc/define';

import type { Services } from '../services';
import { threadOfTask, type TaskInput, type TaskProcedure } from '../tasks/library-tasks';

/** The procedures that only read or edit the library's tables: asked of its threads. */
export function taskHandlers(services: Services): Pick<Handlers<AppContract>, TaskProcedure> {
  const answer = async (task: TaskProcedure, input: unknown, signal: AbortSignal): Promise<unknown> => {
    const { library } = services;
    const output = await library.tasks.ask(task, input as TaskInput<TaskProcedure>, signal);
    if (threadOfTask[task] === 'editor') library.changed();
    return output;
  };
  const procedures = Object.keys(threadOfTask).filter((task): task is TaskProcedure =>
    Object.hasOwn(contract.procedures, task),
  );
  return Object.fromEntries(
    procedures.map((task) => [
      task,
      (input: unknown, { signal }: { signal: AbortSignal }) => answer(task, input, signal),
    ]),
  ) as unknown as Pick<Handlers<AppContract>, TaskProcedure>;
}
