import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';

import type { WorkerHandle } from './pipeline-process';

/** Starts the pipeline worker with plain Node, below normal priority so that the machine stays usable. */
export function forkWorker(script: string): WorkerHandle {
  const child = fork(script, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], serialization: 'advanced' });
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
