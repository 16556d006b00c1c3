import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { contract } from '@shared/ipc/contract';
import { createClient } from '@shared/ipc/client';
import type { ReplyFrame, Transport } from '@shared/ipc/frames';

import { type RunningKindred, startKindred } from '../helpers/run-kindred';

let root: string;
let server: RunningKindred;
let address: URL;
let token: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'kindred-page-'));
  server = startKindred(['serve', '--no-open'], root);
  address = new URL(await firstAddress(server));
  token = address.searchParams.get('token')!;
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  expect((await server.result).code).toBe(0);
  rmSync(root, { recursive: true, force: true });
});

function firstAddress({ child }: RunningKindred): Promise<string> {
  return new Promise((resolve) => {
    child.stdout!.on('data', (text: string) => {
      const found = /http:\S+/.exec(text)?.[0];
      if (found) resolve(found);
    });
  });
}

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request as any program could make it: `fetch` would forbid some of these headers. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: address.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

const withCookie = (headers: Record<string, string> = {}): Record<string, string> => ({
  Cookie: `kindred-${address.port}=${token}`,
  ...headers,
});

function openSocket(query: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}/socket${query}`, { headers });
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

function nextMessage(socket: WebSocket): Promise<ReplyFrame> {
  return new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)) as ReplyFrame)));
}

function closed(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => socket.once('close', (code) => resolve(code)));
}

describe('the page', () => {
  it('comes with its token, gives a cookie for the rest, and forbids inline script', async () => {
    const page = await get(`/?token=${token}`);
    expect(page.status).toBe(200);
    expect(page.body).toContain('<script type="module"');
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    expect(page.headers['set-cookie']?.[0]).toMatch(/^kindred-\d+=.+; HttpOnly; SameSite=Strict/);
    expect(page.headers['content-security-policy']).toContain(`script-src 'self'`);
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect((await get('/', withCookie())).status).toBe(200);
  });

  it.each([
    ['no token', '/', {}, 401],
    ['a wrong token', '/?token=wrong', {}, 401],
    ['a wrong cookie', '/', { Cookie: 'kindred-1=x' }, 401],
  ])('refuses a request with %s', async (_what, path, headers, status) => {
    const answer = await get(path, headers);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('<');
  });

  it.each([
    ['a foreign Host (DNS rebinding)', { Host: 'evil.example' }],
    ['a Host with another port', { Host: '127.0.0.1:1' }],
    ['a foreign Origin', { Origin: 'http://evil.example' }],
    ['the null Origin', { Origin: 'null' }],
  ])('refuses a request with %s, token or not', async (_what, headers) => {
    expect((await get('/', withCookie(headers))).status).toBe(403);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses the method %s', async (method) => {
    expect((await get('/', withCookie(), method)).status).toBe(405);
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../main/cli.js',
    '/assets/..%5c..%5cmain%5ccli.js',
    '/index.html%00.js',
    '/media/1/../../library.sqlite',
    '/media/1/original',
    '/media/-1/thumbnail',
    '/media/1e3/thumbnail',
    '/media/99999999999999999999/thumbnail',
    '/media/%2e%2e/thumbnail',
    '/media/1/thumbnail',
  ])('has nothing at %s', async (path) => {
    expect((await get(path, withCookie())).status).toBe(404);
  });

  it.each([
    ['no token', '', {}],
    ['a wrong token', '?token=wrong', {}],
    ['a foreign Origin', 'TOKEN', { Origin: 'http://evil.example' }],
    ['a foreign Host', 'TOKEN', { Host: 'evil.example' }],
  ])('refuses a socket with %s', async (_what, query, headers) => {
    await expect(openSocket(query.replace('TOKEN', `?token=${token}`), headers)).rejects.toThrow('403');
  });

  it('refuses malformed frames with a code and keeps serving the connection', async () => {
    const socket = await openSocket(`?token=${token}`);
    for (const text of ['', 'no json', '[]', '{"kind":"reply"}', '{"kind":"request","id":1}', '"\\u0000"']) {
      socket.send(text);
      expect(await nextMessage(socket)).toMatchObject({ ok: false, error: { code: 'invalid-argument' } });
    }
    socket.send(JSON.stringify({ kind: 'request', id: 2, procedure: 'library.delete', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ id: 2, ok: false, error: { code: 'unimplemented' } });
    socket.send(JSON.stringify({ kind: 'request', id: 3, procedure: 'library.status', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ id: 3, ok: true, output: null });
    socket.close();
  });

  it('closes a connection that sends binary, oversized or too many frames, and serves the next', async () => {
    const binary = await openSocket(`?token=${token}`);
    binary.send(Buffer.from([1, 2, 3]));
    expect(await closed(binary)).toBe(1008);
    const oversized = await openSocket(`?token=${token}`);
    oversized.on('error', () => undefined);
    oversized.send('x'.repeat(3 * 1024 * 1024));
    expect(await closed(oversized)).toBe(1009);
    const flood = await openSocket(`?token=${token}`);
    flood.on('error', () => undefined);
    for (let index = 0; index < 1500; index++) flood.send('{}');
    expect(await closed(flood)).toBe(1008);
    expect((await get('/', withCookie())).status).toBe(200);
  });

  it('survives clients that speak no HTTP, or stop in the middle', async () => {
    for (const text of [
      '\x16\x03\x01nonsense\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: ',
      'GET /socket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n',
    ]) {
      const raw = connect(Number(address.port), '127.0.0.1');
      raw.on('error', () => undefined);
      await new Promise<void>((resolve) => raw.write(text, () => resolve()));
      setTimeout(() => raw.destroy(), 50);
    }
    expect((await get('/', withCookie())).status).toBe(200);
  });

  it('answers the typed client over its socket', async () => {
    const socket = await openSocket(`?token=${token}`, { Origin: `http://127.0.0.1:${address.port}` });
    const transport: Transport = {
      request: (frame) => {
        socket.send(JSON.stringify(frame));
        return nextMessage(socket);
      },
      cancel: () => undefined,
      onEvent: () => () => undefined,
    };
    const client = createClient(contract, transport);
    expect(await client.call('app.capabilities', {})).toMatchObject({ door: 'page', canPickFolder: false });
    await expect(client.call('group.list', {})).rejects.toMatchObject({ code: 'failed-precondition' });
    await expect(client.call('library.open', { path: join(root, 'nowhere') })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(client.call('folder.pick', { title: 'x' })).rejects.toMatchObject({ code: 'failed-precondition' });
    expect((await client.call('folder.browse', { path: root })).path).toBe(root);
    socket.close();
  });
});
