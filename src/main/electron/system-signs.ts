import { type BrowserWindow, Notification, powerSaveBlocker } from 'electron';

import type { RunSigns } from './run-companion';

/** The system's own signs, on the window that is open now. */
export function systemSigns(current: () => BrowserWindow | null, onNotificationClick: () => void): RunSigns {
  return {
    setProgressBar: (fraction) => current()?.setProgressBar(fraction),
    keepAwake: () => {
      const id = powerSaveBlocker.start('prevent-app-suspension');
      return () => powerSaveBlocker.stop(id);
    },
    isFocused: () => current()?.isFocused() ?? false,
    notify: (title, body) => {
      if (!Notification.isSupported()) return;
      const notification = new Notification({ title, body });
      notification.on('click', onNotificationClick);
      notification.show();
    },
  };
}
