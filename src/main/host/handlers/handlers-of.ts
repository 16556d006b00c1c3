import type { AppContract } from '@shared/ipc/contract';
import type { Handlers } from '@shared/ipc/define';

import type { Services } from '../services';
import type { TaskProcedure } from '../tasks/library-tasks';

/** Makes the handlers of some nouns: exactly the contract's procedures of those nouns that are no tasks, no fewer. */
export type HandlersOf<Noun extends string> = (
  services: Services,
) => Pick<Handlers<AppContract>, Exclude<Extract<keyof Handlers<AppContract>, `${Noun}.${string}`>, TaskProcedure>>;
