import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { createClient } from '@shared/ipc/client';
import { defineContract } from '@shared/ipc/define';
import { Dispatcher, eventFrame } from '@shared/ipc/dispatcher';
import { AppError } from '@shared/ipc/errors';

import { memoryTransport } from '../../../helpers/memory-transport';

const contract = defineContract({
  procedures: {
    'number.double': { input: z.strictObject({ value: z.int() }), output: z.int() },
    'number.wait': { input: z.strictObject({}), output: z.string() },
    'number.fail': { input: z.strictObject({ how: z.enum(['expected', 'bug', 'bad-output']) }), output: z.int() },
  },
  events: { 'number.changed': z.object({ value: z.int() }) },
});

function setUp() {
  const onBug = vi.fn();
  const dispatcher = new Dispatcher(
    contract,
    {
      'number.double': ({ value }) => value * 2,
      'number.wait': (_input, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
      'number.fail': ({ how }) => {
        if (how === 'expected') throw new AppError('not-found', 'No such number.');
        if (how === 'bug') throw new TypeError('secret detail');
        return 'text' as never;
      },
    },
    { onBug },
  );
  const { transport, connection, emit } = memoryTransport(dispatcher);
  return { client: createClient(contract, transport), connection, emit, onBug };
}

describe('the dispatcher', () => {
  it('answers a valid request', async () => {
    await expect(setUp().client.call('number.double', { value: 21 })).resolves.toBe(42);
  });

  it('refuses input of the wrong shape and unknown keys', async () => {
    const { client } = setUp();
    await expect(client.call('number.double', { value: 'x' } as never)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await expect(client.call('number.double', { value: 1, extra: 2 } as never)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  it.each(['number.unknown', 'toString', '__proto__'])('says that there is no procedure %s', async (procedure) => {
    const { connection } = setUp();
    const reply = await connection.receive({ kind: 'request', id: 1, procedure, input: {} });
    expect(reply).toMatchObject({ ok: false, id: 1, error: { code: 'unimplemented' } });
  });

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    { kind: 'request' },
    { kind: 'reply', id: 1 },
    { kind: 'request', id: -1, procedure: 'a', input: 1 },
  ])('refuses the frame %j', async (frame) => {
    expect(await setUp().connection.receive(frame)).toMatchObject({ ok: false, error: { code: 'invalid-argument' } });
  });

  it('passes an expected failure on with its code and words', async () => {
    const { client, onBug } = setUp();
    await expect(client.call('number.fail', { how: 'expected' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'No such number.',
    });
    expect(onBug).not.toHaveBeenCalled();
  });

  it.each(['bug', 'bad-output'] as const)('keeps the words of a bug (%s) on the host', async (how) => {
    const { client, onBug } = setUp();
    await expect(client.call('number.fail', { how })).rejects.toMatchObject({
      code: 'internal',
      message: expect.not.stringContaining('secret'),
    });
    expect(onBug).toHaveBeenCalledOnce();
  });

  it('cancels the handler when the signal aborts', async () => {
    const { client } = setUp();
    const abort = new AbortController();
    const call = client.call('number.wait', {}, { signal: abort.signal });
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('cancels what is under way when the connection closes', async () => {
    const { client, connection } = setUp();
    const call = client.call('number.wait', {});
    connection.close();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses more requests at once than it allows, and serves again afterwards', async () => {
    const { client, connection } = setUp();
    const waiting = Array.from({ length: 64 }, () => client.call('number.wait', {}).catch(() => 'cancelled'));
    await expect(client.call('number.double', { value: 1 })).rejects.toMatchObject({ code: 'failed-precondition' });
    connection.close();
    await Promise.all(waiting);
    await expect(client.call('number.double', { value: 1 })).resolves.toBe(2);
  });

  it('carries events to the listeners that are still there', () => {
    const { client, emit } = setUp();
    const heard = vi.fn();
    const stop = client.on('number.changed', heard);
    emit(eventFrame(contract, 'number.changed', { value: 1 }));
    stop();
    emit(eventFrame(contract, 'number.changed', { value: 2 }));
    expect(heard.mock.calls).toEqual([[{ value: 1 }]]);
  });
});
