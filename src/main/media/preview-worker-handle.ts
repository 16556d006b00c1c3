import { fork } from 'node:child_process';

import { z } from 'zod';

import { decoderEnv } from '../processes/decoder-env';

export const PreviewRequest = z.strictObject({ source: z.string(), target: z.string() });
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** A started preview worker. */
export interface WorkerHandle {
  send(request: PreviewRequest): void;
  /** Called once for the request under way: answered, or the process is gone. */
  onReply(listener: () => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** Starts the preview worker with plain Node. */
export function forkPreviewWorker(script: string): WorkerHandle {
  const child = fork(script, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: decoderEnv() });
  child.unref();
  child.channel?.unref();
  return {
    send: (request) => {
      if (child.connected) child.send(request);
    },
    onReply: (listener) => {
      const heard = (): void => {
        child.off('message', heard).off('exit', heard);
        listener();
      };
      child.on('message', heard).on('exit', heard);
    },
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill('SIGKILL'),
  };
}
