import open from 'open';

import { contract } from '@shared/ipc/contract';
import { Dispatcher, eventFrame } from '@shared/ipc/dispatcher';

import { allHandlers } from '../host/handlers/all-handlers';
import { dataDir, ownTrunksDir } from '../store/library-paths';
import { MediaSource } from '../media/media-source';
import { PreviewProcess } from '../media/preview-process';
import { forkPreviewWorker } from '../media/preview-worker-handle';
import { createLogger, describeError } from '../log';
import {
  bundledTrunksDir,
  previewWorkerScript,
  rendererDir,
  splitWorkerScript,
  taskWorkerScript,
  teachWorkerScript,
  workerScript,
} from '../paths';
import { forkWorker } from '../processes/fork-worker';
import { Services } from '../host/services';
import { PageServer } from '../web/page-server';

export interface ServeOptions {
  library?: string;
  port?: number;
  /** False with `--no-open`: only print the address. */
  open?: boolean;
}

/** `kindred serve`: the page over loopback. Prints the address with its key, and runs until it is interrupted. */
export async function serve(folder: string | undefined, options: ServeOptions): Promise<void> {
  const log = createLogger(dataDir());
  const previews = new PreviewProcess(() => forkPreviewWorker(previewWorkerScript()));
  const services: Services = new Services(
    {
      kind: 'page',
      spawnWorker: () => forkWorker(workerScript(), (text) => log('info', text)),
      trunksDirs: [bundledTrunksDir(), ownTrunksDir()],
      taskScript: taskWorkerScript,
      splitScript: splitWorkerScript,
      teachScript: teachWorkerScript,
    },
    (event, payload) => server.broadcast(eventFrame(contract, event, payload)),
    log,
  );
  const dispatcher = new Dispatcher(contract, allHandlers(services), {
    onBug: (error, procedure) => log('error', `${procedure}: ${describeError(error)}`),
  });
  const server: PageServer = new PageServer({
    rendererDir: rendererDir(),
    port: options.port ?? 0,
    connect: () => dispatcher.connect(),
    media: new MediaSource(services, previews),
    onError: (error) => log('error', describeError(error)),
  });
  if (folder !== undefined) {
    const library = await services.openFolder(folder, options.library);
    library.startRun({});
  } else if (options.library !== undefined) {
    await services.openDir(options.library, []);
  }
  const address = await server.listen();
  process.stdout.write(`Kindred is at ${address}\n`);
  if (options.open !== false && process.env['CI'] === undefined) await open(address).catch(() => undefined);

  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  await server.close();
  previews.close();
  await services.close();
}
