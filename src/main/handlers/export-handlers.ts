import { AppError } from '@shared/ipc/errors';

import { describeError } from '../log';
import type { HandlersOf } from './handlers-of';

/** Planning, writing, undoing and looking back at exports. */
export const exportHandlers: HandlersOf<'export'> = (services) => {
  const exports = (): typeof services.library.exports => services.library.exports;

  /** Writing goes on after the call is answered; what becomes of it is told by progress events and the report. */
  const inBackground = (exportId: number, run: Promise<unknown>): void => {
    run.catch((error: unknown) => {
      if (!(error instanceof AppError)) services.log('error', `export ${exportId}: ${describeError(error)}`);
    });
  };

  return {
    'export.plan': (options, { signal }) => exports().plan(options, signal),
    'export.start': ({ exportId, isConfirmed }) => {
      const report = exports().report(exportId);
      if (report.mode === 'move' && !isConfirmed) {
        throw new AppError(
          'failed-precondition',
          'Moving takes the originals out of their folder and has to be confirmed.',
        );
      }
      inBackground(exportId, exports().start(exportId, isConfirmed));
      return {};
    },
    'export.cancel': ({ exportId }) => {
      exports().cancel(exportId);
      return {};
    },
    'export.resume': ({ exportId }) => {
      exports().report(exportId);
      inBackground(exportId, exports().resume(exportId));
      return {};
    },
    'export.report': ({ exportId }) => exports().report(exportId),
    'export.list': () => exports().list(),
    'export.undo': ({ exportId }) => exports().undo(exportId),
    'export.reveal': async ({ exportId }) => {
      if (!services.door.reveal) throw new AppError('failed-precondition', 'There is no file manager to open here.');
      await services.door.reveal(exports().report(exportId).destination);
      return {};
    },
  };
};
