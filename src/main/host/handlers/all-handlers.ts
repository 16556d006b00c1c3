import type { AppContract } from '@shared/ipc/contract';
import type { Handlers } from '@shared/ipc/define';

import type { Services } from '../services';
import { appHandlers } from './app-handlers';
import { exportHandlers } from './export-handlers';
import { groupHandlers } from './group-handlers';
import { libraryHandlers } from './library-handlers';
import { photoHandlers } from './photo-handlers';
import { taskHandlers } from './task-handlers';
import { teachHandlers } from './teach-handlers';

/** Every procedure of the contract; a missing one does not compile. */
export function allHandlers(services: Services): Handlers<AppContract> {
  return {
    ...appHandlers(services),
    ...libraryHandlers(services),
    ...groupHandlers(services),
    ...exportHandlers(services),
    ...photoHandlers(services),
    ...teachHandlers(services),
    ...taskHandlers(services),
  };
}
