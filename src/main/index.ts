/**
 * @file The window's door: Electron's main process. It holds what only Electron can do, and no native module; everything else is in the host, a
 * process of its own. See docs/architecture.md, "Processes".
 */
import { app, dialog } from 'electron';

import { setAppMenu } from './electron/app-menu';
import { handleAppScheme, registerAppScheme } from './electron/app-protocol';
import { actAtDoor } from './electron/door-actions';
import { HostProcess } from './electron/host-process';
import { MainWindow } from './electron/main-window';
import { nodeBinary } from './electron/node-binary';
import { spawnHost } from './electron/spawn-host';
import { createLogger, describeError } from './log';
import { hostScript, rendererDir } from './paths';
import { dataDir } from './store/library-paths';

function openWindow(): void {
  const log = createLogger(dataDir());
  const node = nodeBinary({
    isPackaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
    appPath: app.getAppPath(),
    platform: process.platform,
    given: process.env['KINDRED_NODE'],
  });
  let window: MainWindow | null = null;
  const host = new HostProcess({
    spawn: () => spawnHost(node, hostScript(), (text) => log('warn', `host: ${text}`)),
    onEvent: (frame) => window?.sendEvent(frame),
    onState: (state) => window?.sendState(state),
    onAsk: (call) => actAtDoor(call, window?.browserWindow ?? null),
    onLog: log,
  });
  const folder = process.argv.slice(app.isPackaged ? 1 : 2).find((argument) => !argument.startsWith('-'));
  if (folder !== undefined) host.want({ folder, libraryDir: null });
  setAppMenu();
  handleAppScheme(rendererDir(), (photoId, size) => host.media(photoId, size));
  window = new MainWindow(host);
  app.on('second-instance', () => window?.focus());
  app.on('window-all-closed', () => app.quit());
  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    void host.close().then(() => {
      isClosed = true;
      app.quit();
    });
  });
}

if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  void app
    .whenReady()
    .then(openWindow)
    .catch((error: unknown) => {
      dialog.showErrorBox('Kindred could not start', describeError(error));
      app.exit(1);
    });
} else {
  app.quit();
}
