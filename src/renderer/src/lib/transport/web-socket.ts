import { AppError } from '@shared/ipc/errors';
import { type EventFrame, HostFrame, type ReplyFrame } from '@shared/ipc/frames';

import type { Connection, ConnectionState } from './connection';

const FIRST_RETRY_MS = 300;
const LONGEST_RETRY_MS = 8_000;

/** What a `WebSocket` gives that is used here, so that a test can stand in for it. */
export type SocketLike = Pick<WebSocket, 'send' | 'close'> & {
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
};

/**
 * Frames over a WebSocket that is made again when it drops, waiting twice as long each time.
 *
 * A request that was sent when the connection dropped is rejected, not repeated: the host may have carried it out. One made
 * while there is no connection waits for the next.
 *
 * @param connect Makes a new socket; called again for every retry.
 */
export function webSocketTransport(connect: () => SocketLike): Connection {
  const pending = new Map<number, { resolve: (reply: ReplyFrame) => void; reject: (error: unknown) => void }>();
  const listeners = new Set<(frame: EventFrame) => void>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  let waiting: { id: number; text: string }[] = [];
  let state: ConnectionState = 'connecting';
  let retryMs = FIRST_RETRY_MS;
  let socket: SocketLike;

  function become(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener(state);
  }

  function receive(data: unknown): void {
    const frame = HostFrame.safeParse(JSON.parse(String(data)));
    if (!frame.success) return;
    if (frame.data.kind === 'event') {
      for (const listener of listeners) listener(frame.data);
      return;
    }
    pending.get(frame.data.id)?.resolve(frame.data);
    pending.delete(frame.data.id);
  }

  function open(): void {
    socket = connect();
    socket.onmessage = (event) => receive(event.data);
    socket.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      for (const { text } of waiting) socket.send(text);
      waiting = [];
      become('open');
    };
    socket.onclose = () => {
      const unsent = new Set(waiting.map(({ id }) => id));
      for (const [id, { reject }] of pending) {
        if (unsent.has(id)) continue;
        pending.delete(id);
        reject(new AppError('failed-precondition', 'The connection was lost.'));
      }
      become('lost');
      setTimeout(open, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    };
  }
  open();

  return {
    request(frame) {
      return new Promise((resolve, reject) => {
        pending.set(frame.id, { resolve, reject });
        const text = JSON.stringify(frame);
        if (state === 'open') socket.send(text);
        else waiting.push({ id: frame.id, text });
      });
    },
    cancel(id) {
      waiting = waiting.filter((one) => one.id !== id);
      if (state === 'open') socket.send(JSON.stringify({ kind: 'cancel', id }));
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onState(listener) {
      stateListeners.add(listener);
      listener(state);
      return () => stateListeners.delete(listener);
    },
  };
}
