import { type ChildProcess, spawn } from 'node:child_process';

import type { HostChild } from './host-process';

/**
 * Starts the host on plain Node, with a channel. `spawn`, since Electron's own `fork` would mark the child's environment as that of an Electron
 * that runs as Node, and everything the host starts with it.
 */
export function spawnHost(node: string, script: string, onStderr: (text: string) => void): HostChild {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  const child: ChildProcess = spawn(node, ['--enable-source-maps', script], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env,
    windowsHide: true,
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => onStderr(text.trimEnd()));
  return {
    send: (message) => {
      // A channel that breaks at this moment is told by the exit that follows.
      if (child.pid !== undefined && child.connected) child.send(message, () => undefined);
    },
    kill: () => child.kill('SIGKILL'),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => {
      let hasEnded = false;
      const end = (reason: string): void => {
        if (!hasEnded) listener(reason);
        hasEnded = true;
      };
      child.on('error', (error) => {
        if (child.pid === undefined) end(error.message);
        else onStderr(error.message);
      });
      child.once('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    },
  };
}
