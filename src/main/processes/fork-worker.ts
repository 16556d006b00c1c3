import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';

import { decoderEnv, LEARNING_FLAGS } from './decoder-env';
import type { WorkerHandle } from '../host/pipeline-process';

/**
 * Starts the pipeline worker with plain Node, below normal priority so that the machine stays usable.
 *
 * @param onStderr Hears what native libraries write: their chatter belongs in the log, not on the person's terminal.
 */
export function forkWorker(script: string, onStderr: (text: string) => void): WorkerHandle {
  const child = fork(script, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: decoderEnv(),
    execArgv: [...process.execArgv, ...LEARNING_FLAGS],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onStderr(text.trimEnd()));
  if (child.pid !== undefined) lowerPriority(child.pid);
  return {
    send: (message) => {
      if (child.connected) child.send(message);
    },
    kill: () => child.kill('SIGKILL'),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      child.once('exit', (code, signal) => listener(signal ?? `exit code ${code}`));
      child.once('error', (error) => child.exitCode === null && child.pid === undefined && listener(error.message));
    },
  };
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems refuse it; the run is then merely as eager as any other program.
  }
}
