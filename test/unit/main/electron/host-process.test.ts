import { expect, it, vi } from 'vitest';

import { type HostChild, HostProcess, type HostState } from '@main/electron/host-process';
import type { FromHost, ToHost } from '@main/link/messages';
import type { PhotoId } from '@shared/model/ids';

class FakeChild implements HostChild {
  readonly got: ToHost[] = [];
  isKilled = false;
  private tell: (message: unknown) => void = () => undefined;
  private end: (reason: string) => void = () => undefined;

  send(message: ToHost): void {
    this.got.push(message);
  }
  kill(): void {
    this.isKilled = true;
    this.die('SIGKILL');
  }
  onMessage(listener: (message: unknown) => void): void {
    this.tell = listener;
  }
  onExit(listener: (reason: string) => void): void {
    this.end = listener;
  }
  say(message: FromHost): void {
    this.tell(message);
  }
  die(reason = 'SIGSEGV'): void {
    this.end(reason);
  }
}

function start(onAsk: () => Promise<string | null> = () => Promise.resolve(null)) {
  const children: FakeChild[] = [];
  const states: HostState[] = [];
  const logged: string[] = [];
  const host = new HostProcess({
    spawn: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    onEvent: () => undefined,
    onState: (state) => states.push(state),
    onAsk,
    onLog: (_level, message) => logged.push(message),
  });
  return { host, children, states, logged, current: () => children.at(-1)! };
}

const request = (id: number, procedure: string) => ({ kind: 'request', id, procedure, input: {} });
const reply = (id: number, connection = 0): FromHost => ({
  ...{ kind: 'reply', connection },
  frame: { kind: 'reply', id, ok: true, output: 'answer' },
});

it('keeps what is asked until the host is ready, in order', async () => {
  const { host, current } = start();
  host.want({ folder: '/photos', libraryDir: null });
  const answer = host.request(0, request(1, 'library.status'));
  expect(current().got).toEqual([]);
  current().say({ kind: 'ready' });
  expect(current().got.map(({ kind }) => kind)).toEqual(['want', 'frame']);
  current().say(reply(1));
  expect(await answer).toEqual({ kind: 'reply', id: 1, ok: true, output: 'answer' });
});

it('starts another host, opens the library again, repeats reads and refuses edits', async () => {
  vi.useFakeTimers();
  try {
    const { host, children, states, logged, current } = start();
    current().say({ kind: 'ready' });
    current().say({ kind: 'opened', opened: { libraryDir: '/library' } });
    const read = host.request(0, request(1, 'group.list'));
    const edit = host.request(0, request(2, 'group.merge'));
    const picture = host.media(7 as PhotoId, 'thumbnail');
    current().die();
    expect(await edit).toMatchObject({ ok: false, error: { code: 'failed-precondition' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(children).toHaveLength(2);
    current().say({ kind: 'ready' });
    expect(current().got[0]).toEqual({ kind: 'reopen', opened: { libraryDir: '/library' } });
    expect(
      current()
        .got.slice(1)
        .map(({ kind }) => kind),
    ).toEqual(['frame', 'media']);
    current().say(reply(1));
    current().say({ kind: 'media', id: 0, media: null });
    expect(await read).toMatchObject({ ok: true });
    expect(await picture).toBeNull();
    expect(states).toEqual(['open', 'lost', 'open']);
    expect(logged[0]).toContain('SIGSEGV');
  } finally {
    vi.useRealTimers();
  }
});

it('gives a library up that kills every host that opens it', async () => {
  vi.useFakeTimers();
  try {
    const { children, current } = start();
    for (let death = 0; death < 4; death++) {
      current().say({ kind: 'ready' });
      current().say({ kind: 'opened', opened: { libraryDir: '/library' } });
      current().die();
      await vi.advanceTimersByTimeAsync(2000);
    }
    current().say({ kind: 'ready' });
    expect(children).toHaveLength(5);
    expect(children.map(({ got }) => got.length)).toEqual([0, 1, 1, 1, 0]);
  } finally {
    vi.useRealTimers();
  }
});

it('tells a host that cannot be started like one that died, and tries again', async () => {
  vi.useFakeTimers();
  try {
    const { children, states, current } = start();
    current().die('spawn node ENOENT');
    await vi.advanceTimersByTimeAsync(0);
    expect(children).toHaveLength(2);
    expect(states).toEqual(['lost']);
  } finally {
    vi.useRealTimers();
  }
});

it('closes once, waits for the host to end, and starts no other', async () => {
  const { host, children, current } = start();
  current().say({ kind: 'ready' });
  const closing = [host.close(), host.close()];
  expect(current().got).toEqual([{ kind: 'close' }]);
  let isClosed = false;
  void closing[0]!.then(() => (isClosed = true));
  await Promise.resolve();
  expect(isClosed).toBe(false);
  current().die('exit code 0');
  await Promise.all(closing);
  expect(children).toHaveLength(1);
});

it('ends what a page asked for that is gone', async () => {
  const { host, current } = start();
  current().say({ kind: 'ready' });
  const asked = host.request(3, request(1, 'group.list'));
  host.disconnect(3);
  expect(await asked).toMatchObject({ ok: false });
  expect(current().got.at(-1)).toEqual({ kind: 'disconnected', connection: 3 });
});

it('refuses what is no frame, and a number that is in use', async () => {
  const { host, current } = start();
  current().say({ kind: 'ready' });
  expect(await host.request(0, { hello: 1 })).toMatchObject({ ok: false, error: { code: 'invalid-argument' } });
  void host.request(0, request(1, 'group.list'));
  expect(await host.request(0, request(1, 'group.list'))).toMatchObject({ error: { code: 'invalid-argument' } });
  expect(current().got).toHaveLength(1);
});

it('answers what the host asks of the door, failures in words', async () => {
  const { current } = start(() => Promise.reject(new Error('No program opens it.')));
  current().say({ kind: 'ready' });
  current().say({ kind: 'ask', id: 5, call: { name: 'openPath', path: '/photo.jpg' } });
  await vi.waitFor(() => expect(current().got).toHaveLength(1));
  expect(current().got[0]).toEqual({ kind: 'answer', id: 5, result: { ok: false, message: 'No program opens it.' } });
});
