import type { AppContract } from '@shared/ipc/contract';
import type { Handlers } from '@shared/ipc/define';

import type { Services } from '../services';

/** Makes the handlers of some nouns: exactly the contract's procedures of those nouns, no fewer. */
export type HandlersOf<Noun extends string> = (
  services: Services,
) => Pick<Handlers<AppContract>, Extract<keyof Handlers<AppContract>, `${Noun}.${string}`>>;
