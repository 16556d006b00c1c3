import { contract } from '@shared/ipc/contract';
import { type Connection, Dispatcher, eventFrame } from '@shared/ipc/dispatcher';
import type { EventFrame } from '@shared/ipc/frames';

import { createLogger, describeError, type Logger } from '../log';
import { MediaSource } from '../media/media-source';
import { PreviewProcess } from '../media/preview-process';
import { forkPreviewWorker } from '../media/preview-worker-handle';
import {
  bundledTrunksDir,
  previewWorkerScript,
  splitWorkerScript,
  taskWorkerScript,
  teachWorkerScript,
  workerScript,
} from '../paths';
import { forkWorker } from '../processes/fork-worker';
import { dataDir, ownTrunksDir } from '../library-paths';
import { allHandlers } from './handlers/all-handlers';
import { type Door, Services } from './services';

export interface HostOptions {
  /** What only this door can do. */
  door: Pick<Door, 'kind' | 'pickFolder' | 'openPath' | 'showInFolder'>;
  /** Tells every page. */
  broadcast: (frame: EventFrame) => void;
  onOpened?: (libraryDir: string | null) => void;
}

export interface Host {
  services: Services;
  media: MediaSource;
  log: Logger;
  connect(): Connection;
  /** Pauses a run at a safe point, waits for edits, and ends every process and thread. */
  close(): Promise<void>;
}

/** The composition root of the host, the same for the window and the page. See docs/architecture.md, "Processes". */
export function createHost({ door, broadcast, onOpened }: HostOptions): Host {
  const log = createLogger(dataDir());
  const previews = new PreviewProcess(() =>
    forkPreviewWorker(previewWorkerScript(), (text) => log('info', `previews: ${text}`)),
  );
  const services = new Services(
    {
      ...door,
      spawnWorker: () => forkWorker(workerScript(), (text) => log('info', text)),
      trunksDirs: [bundledTrunksDir(), ownTrunksDir()],
      taskScript: taskWorkerScript,
      splitScript: splitWorkerScript,
      teachScript: teachWorkerScript,
    },
    (event, payload) => broadcast(eventFrame(contract, event, payload)),
    log,
    onOpened,
  );
  const dispatcher = new Dispatcher(contract, allHandlers(services), {
    onBug: (error, procedure) => log('error', `${procedure}: ${describeError(error)}`),
  });
  return {
    services,
    media: new MediaSource(services, previews),
    log,
    connect: () => dispatcher.connect(),
    close: async () => {
      previews.close();
      await services.close();
    },
  };
}
