import type { HandlersOf } from './handlers-of';

const PROGRESS_MS = 100;

/** Opening and closing libraries, and running the pipeline on the open one. */
export const libraryHandlers: HandlersOf<'library' | 'pipeline'> = (services) => ({
  'library.recent': () => services.recent.list(),
  'library.open': async ({ path }) => (await services.openFolder(path)).status(),
  'library.reopen': async ({ libraryId }) => (await services.reopen(libraryId)).status(),
  'library.openWanted': async () => {
    const library = await services.openWanted();
    // Whoever names a folder wants to see what is in it now.
    if (library && !library.isRunning) library.startRun({});
    return library?.status() ?? null;
  },
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
});
