import { WebSocket } from 'ws';
import { z } from 'zod';

/** @file Runs code in Electron's main process, through Node's inspector: what a test asks of the window, or sets in its place. */

const Answer = z.object({
  id: z.int(),
  result: z
    .object({
      result: z.object({ value: z.unknown() }).partial(),
      exceptionDetails: z
        .object({ text: z.string(), exception: z.object({ description: z.string() }).partial().optional() })
        .optional(),
    })
    .optional(),
  error: z.object({ message: z.string() }).optional(),
});

export class Inspector {
  private readonly pending = new Map<number, PromiseWithResolvers<unknown>>();
  private nextId = 1;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.settle(JSON.parse(String(data))));
    socket.on('close', () => {
      for (const { reject } of this.pending.values()) reject(new Error('The main process is gone.'));
      this.pending.clear();
    });
    socket.on('error', () => undefined);
  }

  static async attach(address: string): Promise<Inspector> {
    const socket = new WebSocket(address);
    await new Promise((opened, failed) => socket.once('open', opened).once('error', failed));
    return new Inspector(socket);
  }

  /** Calls a function, sent as text, with Electron's module and one value that JSON can carry. */
  evaluate<Result, Argument = undefined>(
    work: (electron: typeof import('electron'), argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const id = this.nextId++;
    const answer = Promise.withResolvers<unknown>();
    this.pending.set(id, answer);
    const expression = `(${work.toString()})(require('electron'), ${JSON.stringify(argument) ?? 'undefined'})`;
    const params = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
    this.socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
    return answer.promise as Promise<Result>;
  }

  close(): void {
    this.socket.close();
  }

  private settle(message: unknown): void {
    const parsed = Answer.safeParse(message);
    if (!parsed.success) return;
    const { id, result, error } = parsed.data;
    const waiting = this.pending.get(id);
    this.pending.delete(id);
    const thrown = result?.exceptionDetails;
    if (error) waiting?.reject(new Error(error.message));
    else if (thrown) waiting?.reject(new Error(thrown.exception?.description ?? thrown.text));
    else waiting?.resolve(result?.result.value);
  }
}
