/**
 * @file The window's door: Electron's main process. It holds what only Electron can do, and no native module; everything else is in the host, a
 * process of its own. See docs/architecture.md, "Processes".
 */
import { app, dialog } from 'electron';

import { parseWindowArguments } from './door-arguments';
import { registerAppScheme } from './electron/app-protocol';
import { Desktop } from './electron/desktop';
import { switchNetworkOff } from './electron/walls';
import { Wanted } from './link/messages';
import { describeError } from './log';

function start(): void {
  const wanted: Wanted = parseWindowArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
  if (!app.requestSingleInstanceLock(wanted)) {
    app.quit();
    return;
  }
  registerAppScheme();
  switchNetworkOff(app);
  // On macOS a program stays without its window, until the person ends it.
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  void app
    .whenReady()
    .then(() => {
      const desktop = new Desktop();
      desktop.open(wanted);
      app.on('second-instance', (_event, _argv, _cwd, second) => {
        desktop.open(Wanted.safeParse(second).data ?? { folder: null, libraryDir: null });
      });
    })
    .catch((error: unknown) => {
      dialog.showErrorBox('Kindred could not start', describeError(error));
      app.exit(1);
    });
}

try {
  start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(2);
}
