import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';

import { decoderEnv } from '../decoder-env';
import type { WorkerHandle } from './pipeline-process';

/**
 * Megabytes of V8's young generation, where tens are usual: it is full of small things that are soon forgotten, never shrinks, and what is in it
 * keeps large arrays from being let go. While 50,000 photos are clustered the heap went from 197 to 73 MB so, at no cost in time.
 */
const YOUNG_MB = 4;

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
    execArgv: [...process.execArgv, `--max-semi-space-size=${YOUNG_MB}`],
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
