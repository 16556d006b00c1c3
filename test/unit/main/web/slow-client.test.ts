import { connect } from 'node:net';

import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { PageServer } from '@main/web/page-server';

const EVENT = { kind: 'event', event: 'library.changed', payload: 'x'.repeat(1 << 20) } as const;

let server: PageServer;
let address: URL;
let numClosed: number;
beforeEach(async () => {
  numClosed = 0;
  server = new PageServer({
    rendererDir: '/nowhere',
    port: 0,
    connect: () => ({ receive: () => Promise.resolve(null), close: () => void numClosed++ }),
    media: null as never,
    onError: () => undefined,
  });
  address = new URL(await server.listen());
});
afterEach(() => server.close());

/** A client that shakes hands and then never reads. */
function neverRead(): Promise<void> {
  const socket = connect(Number(address.port), '127.0.0.1');
  socket.on('error', () => undefined);
  const lines = [
    `GET /socket${address.search} HTTP/1.1`,
    `Host: ${address.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return new Promise((resolve) =>
    socket.once('data', () => {
      socket.pause();
      resolve();
    }),
  );
}

it('drops a client that never reads instead of filling memory, and goes on with the others', async () => {
  await neverRead();
  const reader = new WebSocket(`ws://${address.host}/socket${address.search}`);
  let numRead = 0;
  reader.on('message', () => numRead++);
  await new Promise((resolve) => reader.once('open', resolve));
  const before = process.memoryUsage().arrayBuffers;
  for (let index = 1; index <= 200; index++) {
    server.broadcast(EVENT);
    while (numRead < index) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(numClosed).toBe(1);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(128 << 20);
  expect(reader.readyState).toBe(WebSocket.OPEN);
  reader.terminate();
});
