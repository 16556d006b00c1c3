import type { WebSocket } from 'ws';

import type { Connection } from '@shared/ipc/dispatcher';

/** The largest frame taken: a selection of 100,000 ids fits. */
export const MAX_FRAME_BYTES = 2 * 1024 * 1024;
/** A page that does not read its replies is dropped instead of filling memory. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024;
/** More frames a second than a person's window could ever send; a flood ends its own connection. */
const MAX_FRAMES_A_SECOND = 1000;

/** Sends a text, unless the other side has long stopped reading: then the connection ends. */
export function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState !== socket.OPEN) return;
  // No closing handshake: it would wait behind everything that is not being read.
  if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
  else socket.send(text);
}

/** Carries frames between one WebSocket and one connection of the dispatcher. */
export function serveSocket(socket: WebSocket, connection: Connection): void {
  let windowStartMs = performance.now();
  let numFrames = 0;
  socket.on('message', (data, isBinary) => {
    const nowMs = performance.now();
    if (nowMs - windowStartMs > 1000) {
      windowStartMs = nowMs;
      numFrames = 0;
    }
    numFrames += 1;
    if (isBinary || numFrames > MAX_FRAMES_A_SECOND) {
      socket.close(1008, 'Too much or not text.');
      return;
    }
    void connection.receive(parseJson(data.toString())).then((reply) => {
      if (reply) sendText(socket, JSON.stringify(reply));
    });
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => connection.close());
}

/** Undefined for what is not JSON: the dispatcher refuses it like any other bad frame. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
