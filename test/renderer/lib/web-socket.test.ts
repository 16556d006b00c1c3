import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { type SocketLike, webSocketTransport } from '@renderer/lib/transport/web-socket';

class FakeSocket implements SocketLike {
  sent: string[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.onclose?.();
  }
  reply(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const request = (id: number): { kind: 'request'; id: number; procedure: string; input: unknown } => ({
  kind: 'request',
  id,
  procedure: 'history.list',
  input: {},
});

describe('the WebSocket transport', () => {
  let sockets: FakeSocket[];
  const connect = (): FakeSocket => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  };

  beforeEach(() => {
    sockets = [];
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('sends what was asked before the connection stood', async () => {
    const transport = webSocketTransport(connect);
    const reply = transport.request(request(1));
    expect(sockets[0]!.sent).toEqual([]);
    sockets[0]!.onopen!();
    expect(sockets[0]!.sent).toHaveLength(1);
    sockets[0]!.reply({ kind: 'reply', id: 1, ok: true, output: 7 });
    expect(await reply).toMatchObject({ output: 7 });
  });

  it('connects again, waiting longer each time, and tells', () => {
    const states: string[] = [];
    const transport = webSocketTransport(connect);
    transport.onState((state) => states.push(state));
    sockets[0]!.onopen!();
    sockets[0]!.close();
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    sockets[1]!.close();
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(300);
    expect(sockets).toHaveLength(3);
    sockets[2]!.onopen!();
    expect(states).toEqual(['connecting', 'open', 'lost', 'open']);
  });

  it('rejects what was under way when the connection dropped, and does not send it twice', async () => {
    const transport = webSocketTransport(connect);
    sockets[0]!.onopen!();
    const reply = transport.request(request(1));
    sockets[0]!.close();
    await expect(reply).rejects.toMatchObject({ code: 'failed-precondition' });
    vi.advanceTimersByTime(300);
    sockets[1]!.onopen!();
    expect(sockets[1]!.sent).toEqual([]);
  });

  it('passes events on and ignores what is no frame', () => {
    const heard: unknown[] = [];
    const transport = webSocketTransport(connect);
    const stop = transport.onEvent((frame) => heard.push(frame.event));
    sockets[0]!.reply({ kind: 'event', event: 'library.changed', payload: { revision: 2 } });
    sockets[0]!.reply({ kind: 'nonsense' });
    stop();
    sockets[0]!.reply({ kind: 'event', event: 'library.changed', payload: { revision: 3 } });
    expect(heard).toEqual(['library.changed']);
  });
});
