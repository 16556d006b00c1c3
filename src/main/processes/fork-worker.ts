import { LEARNING_FLAGS } from './decoder-env';
import { forkNode } from './fork-node';

/** A worker process, and what is said to it. */
export interface WorkerHandle<Message extends object = object> {
  send(message: Message): void;
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone, or could not be started at all. */
  onExit(listener: (exit: { reason: string; hasStarted: boolean }) => void): void;
}

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
