import { AppError } from '@shared/ipc/errors';

import { describeError } from '../../log';
import type { HandlersOf } from './handlers-of';

/** Planning, writing, undoing and looking back at exports. */
export const exportHandlers: HandlersOf<'export'> = (services) => {
  const exports = (): typeof services.library.exports => services.library.exports;

  /** Answers once writing begins, or with why it cannot; what becomes of it then is told by events and the report. */
  const begin = (exportId: number, run: (onStarted: () => void) => Promise<unknown>): Promise<Record<string, never>> =>
    new Promise((resolve, reject) => {
      const started = (): void => resolve({});
      run(started).then(started, (error: unknown) => {
        if (!(error instanceof AppError)) services.log('error', `export ${exportId}: ${describeError(error)}`);
        reject(error as Error);
      });
    });

  return {
    'export.start': ({ exportId, isConfirmed }) => {
      const report = exports().report(exportId);
      if (report.mode === 'move' && !isConfirmed) {
        throw new AppError(
          'failed-precondition',
          'Moving takes the originals out of their folder and has to be confirmed.',
        );
      }
      return begin(exportId, (onStarted) => exports().start(exportId, isConfirmed, onStarted));
    },
    'export.cancel': ({ exportId }) => {
      exports().cancel(exportId);
      return {};
    },
    'export.resume': ({ exportId }) => {
      exports().report(exportId);
      return begin(exportId, (onStarted) => exports().resume(exportId, onStarted));
    },
    'export.report': ({ exportId }) => exports().report(exportId),
    'export.list': () => exports().list(),
    'export.undo': ({ exportId }) => exports().undo(exportId),
    'export.reveal': async ({ exportId }) => {
      if (!services.door.openPath) throw new AppError('failed-precondition', 'There is no file manager to open here.');
      await services.door.openPath(exports().report(exportId).destination);
      return {};
    },
  };
};
