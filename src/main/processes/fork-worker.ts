import type { WorkerHandle } from '../host/pipeline-process';
import { LEARNING_FLAGS } from './decoder-env';
import { forkNode } from './fork-node';

/** Starts the pipeline worker. */
export function forkWorker(script: string, onStderr: (text: string) => void): WorkerHandle {
  const child = forkNode(script, { flags: LEARNING_FLAGS, onStderr });
  return {
    send: (message) => {
      if (child.pid !== undefined && child.connected) child.send(message);
    },
    kill: () => child.kill('SIGKILL'),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      if (child.pid === undefined)
        child.once('error', (error) => listener({ reason: error.message, hasStarted: false }));
      else child.once('exit', (code, signal) => listener({ reason: signal ?? `exit code ${code}`, hasStarted: true }));
    },
  };
}
