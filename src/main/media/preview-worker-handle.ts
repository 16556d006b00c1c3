import { z } from 'zod';

import { forkNode } from '../processes/fork-node';

export const PreviewRequest = z.strictObject({
  source: z.string(),
  target: z.string(),
  /** In pixels; the full view's, where it is not said. */
  longerSide: z.int().positive().optional(),
});
export type PreviewRequest = z.infer<typeof PreviewRequest>;

/** A started preview worker. */
export interface WorkerHandle {
  send(request: PreviewRequest): void;
  /** Called once for the request under way: answered, or the process is gone. */
  onReply(listener: () => void): void;
  onExit(listener: () => void): void;
  kill(): void;
}

/** Starts the preview worker. */
export function forkPreviewWorker(script: string, onStderr: (text: string) => void): WorkerHandle {
  const child = forkNode(script, { onStderr });
  child.unref();
  child.channel?.unref();
  return {
    send: (request) => {
      if (child.pid !== undefined && child.connected) child.send(request);
    },
    onReply: (listener) => {
      const heard = (): void => {
        child.off('message', heard).off('exit', heard).off('error', heard);
        listener();
      };
      child.on('message', heard).on('exit', heard).on('error', heard);
    },
    onExit: (listener) => child.once('exit', listener).once('error', listener),
    kill: () => child.kill('SIGKILL'),
  };
}
