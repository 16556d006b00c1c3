import { utilityProcess } from 'electron';

import { decoderEnv, LEARNING_FLAGS } from '../processes/decoder-env';
import type { WorkerHandle as PreviewHandle } from '../media/preview-worker-handle';
import type { WorkerHandle } from '../host/pipeline-process';

/** The pipeline worker as a utility process: its crash leaves the window standing. */
export function utilityWorker(script: string): WorkerHandle {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'Kindred learning',
    stdio: 'inherit',
    env: decoderEnv(),
    execArgv: [...LEARNING_FLAGS],
  });
  return {
    send: (message) => child.postMessage(message),
    kill: () => child.kill(),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
  };
}

/** The preview decoder as a utility process. */
export function utilityPreviewWorker(script: string): PreviewHandle {
  const child = utilityProcess.fork(script, [], {
    serviceName: 'Kindred previews',
    stdio: 'inherit',
    env: decoderEnv(),
  });
  return {
    send: (request) => child.postMessage(request),
    onReply: (listener) => {
      const heard = (): void => {
        child.off('message', heard).off('exit', heard);
        listener();
      };
      child.on('message', heard).on('exit', heard);
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}
