/** @file The window's door. Thin: everything it does is in the rooms it puts together, which the page's door shares. */
import { app, dialog } from 'electron';

import { contract } from '@shared/ipc/contract';
import { Dispatcher, eventFrame } from '@shared/ipc/dispatcher';

import { setAppMenu } from './electron/app-menu';
import { handleAppScheme, registerAppScheme } from './electron/app-protocol';
import { MainWindow, revealInFileManager } from './electron/main-window';
import { utilityPreviewWorker, utilityWorker } from './electron/utility-workers';
import { allHandlers } from './host/handlers/all-handlers';
import { dataDir, ownTrunksDir } from './store/library-paths';
import { MediaSource } from './media/media-source';
import { PreviewProcess } from './media/preview-process';
import { createLogger, describeError } from './log';
import {
  bundledTrunksDir,
  previewWorkerScript,
  rendererDir,
  splitWorkerScript,
  taskWorkerScript,
  teachWorkerScript,
  workerScript,
} from './paths';
import { Services } from './host/services';

async function openWindow(): Promise<void> {
  const log = createLogger(dataDir());
  const previews = new PreviewProcess(() => utilityPreviewWorker(previewWorkerScript()));
  let window: MainWindow | null = null;
  const services = new Services(
    {
      kind: 'window',
      spawnWorker: () => utilityWorker(workerScript()),
      trunksDirs: [bundledTrunksDir(), ownTrunksDir()],
      taskScript: taskWorkerScript,
      splitScript: splitWorkerScript,
      teachScript: teachWorkerScript,
      pickFolder: async (title) => {
        const choice = await dialog.showOpenDialog(window!.browserWindow, {
          title,
          properties: ['openDirectory', 'createDirectory'],
        });
        return choice.filePaths[0] ?? null;
      },
      reveal: revealInFileManager,
    },
    (event, payload) => window?.send(eventFrame(contract, event, payload)),
    log,
  );
  const dispatcher = new Dispatcher(contract, allHandlers(services), {
    onBug: (error, procedure) => log('error', `${procedure}: ${describeError(error)}`),
  });
  setAppMenu();
  handleAppScheme(rendererDir(), new MediaSource(services, previews));
  const folder = process.argv.slice(app.isPackaged ? 1 : 2).find((argument) => !argument.startsWith('-'));
  if (folder !== undefined) {
    const library = await services.openFolder(folder);
    library.startRun({});
  }
  window = new MainWindow(dispatcher.connect());
  app.on('second-instance', () => window?.focus());
  app.on('window-all-closed', () => app.quit());
  let isClosed = false;
  app.on('before-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    previews.close();
    void services.close().finally(() => {
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
