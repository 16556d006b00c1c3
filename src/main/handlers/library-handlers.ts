import type { HistoryEntry } from '@shared/model/history';

import type { HandlersOf } from './handlers-of';

const PROGRESS_MS = 100;

/** Opening and closing libraries, and running the pipeline on the open one. */
export const libraryHandlers: HandlersOf<'library' | 'pipeline' | 'run'> = (services) => {
  const edited = (entry: HistoryEntry): { entry: HistoryEntry } => {
    services.library.changed();
    return { entry };
  };
  return {
    'library.recent': () => services.recent.list(),
    'library.open': async ({ path }) => (await services.openFolder(path)).status(),
    'library.reopen': async ({ libraryId }) => (await services.reopen(libraryId)).status(),
    'library.status': () => services.libraryOrNull?.status() ?? null,
    'library.close': async () => {
      await services.close();
      return {};
    },
    'library.relink': async (request, { signal }) => {
      await services.relink(request, signal);
      return services.library.status();
    },
    'library.setWatching': async ({ isWatching }) => {
      await services.library.setWatching(isWatching);
      return {};
    },
    'library.proveOriginals': (_input, { signal }) => {
      let lastMs = 0;
      const onProgress = (numChecked: number, numTotal: number): void => {
        if (performance.now() - lastMs < PROGRESS_MS) return;
        lastMs = performance.now();
        services.emit('library.proofProgress', { numChecked, numTotal });
      };
      return services.library.proveOriginals({ signal, onProgress });
    },

    'pipeline.start': ({ options }) => ({ runId: services.library.startRun(options) }),
    'pipeline.status': () => services.libraryOrNull?.progress ?? null,
    'pipeline.pause': async () => {
      services.library.stopRun('paused');
      await services.library.waitForRun();
      return {};
    },
    'pipeline.setGentle': ({ isGentle }) => {
      services.library.setGentle(isGentle);
      return {};
    },
    'pipeline.cancel': async () => {
      services.library.stopRun('cancelled');
      await services.library.waitForRun();
      return {};
    },
    'run.list': () => services.library.store.runHistory.kept(),
    'run.diff': ({ runId }) => {
      const { placements, runHistory } = services.library.store;
      const id = runId ?? placements.newestRun();
      return id === null ? null : runHistory.diff(id);
    },
    'run.accept': () => edited(services.library.runEdits.accept()),
    'run.restore': ({ runId }) => edited(services.library.runEdits.restore(runId)),
    'run.putBack': ({ runId, groupId }) => edited(services.library.runEdits.putBack(runId, groupId)),
    'run.report': ({ runId }) => {
      const { runs } = services.library.store;
      const id = runId ?? runs.latest();
      return id === null ? null : runs.report(id);
    },
  };
};
