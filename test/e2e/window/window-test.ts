import { test as base } from '@playwright/test';

import { whyNoWindow } from './find-electron';
import { launchWindow, type RunningWindow, type SpawnOptions, windowPlace, type WindowPlace } from './launch-window';

/** One place, and the windows that are started in it one after the other. */
export interface Session {
  place: WindowPlace;
  open: (args?: readonly string[], options?: SpawnOptions) => Promise<RunningWindow>;
  /** Ends the windows that are still there, and removes the place. */
  close: () => Promise<void>;
}

export async function startSession(): Promise<Session> {
  const place = await windowPlace();
  const windows: RunningWindow[] = [];
  return {
    place,
    open: async (args, options) => {
      const window = await launchWindow(place, args, options);
      windows.push(window);
      return window;
    },
    close: async () => {
      try {
        for (const window of windows) await window.stop();
      } finally {
        place.remove();
      }
    },
  };
}

/** Tests of the window in a real Electron, each with a session of its own where it asks for one; skipped where there is no Electron. */
export const test = base.extend<{ session: Session; electron: undefined }>({
  electron: [
    async ({}, use, testInfo) => {
      const reason = whyNoWindow();
      testInfo.skip(reason !== null, reason ?? '');
      await use(undefined);
    },
    { auto: true },
  ],
  session: async ({ electron: _ }, use) => {
    const session = await startSession();
    await use(session);
    await session.close();
  },
});
export const expect = base.expect;
