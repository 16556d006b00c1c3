import type { AppContract } from '@shared/ipc/contract';
import type { Handlers } from '@shared/ipc/define';

type Procedures = Handlers<AppContract>;

/** Tasks that answer some procedures of the contract: of the same form, and at once. */
export type TasksOf<P extends keyof Procedures> = {
  [K in P]: (input: Parameters<Procedures[K]>[0]) => Awaited<ReturnType<Procedures[K]>>;
};
