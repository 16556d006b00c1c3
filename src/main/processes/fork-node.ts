import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';

import { decoderEnv } from './decoder-env';

export interface ForkOptions {
  /** How V8 keeps its heap, and the like. */
  flags?: readonly string[];
  /** Hears what native libraries write: their chatter belongs in the log, not on the person's terminal. */
  onStderr: (text: string) => void;
}

/**
 * Starts a worker on the Node that runs this program, below normal priority so that the machine stays usable.
 *
 * A process that cannot be started, or whose channel breaks, tells so by events of its own: one that nobody hears would end this program. So each
 * is heard here; `exit` or a missing `pid` says the rest.
 */
export function forkNode(script: string, { flags = [], onStderr }: ForkOptions): ChildProcess {
  const child = fork(script, [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: decoderEnv(),
    execArgv: [...process.execArgv, ...flags],
  });
  child.on('error', (error) => onStderr(error.message));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onStderr(text.trimEnd()));
  if (child.pid !== undefined) lowerPriority(child.pid);
  return child;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems refuse it; the worker is then merely as eager as any other program.
  }
}
