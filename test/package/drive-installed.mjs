/**
 * @file Drives an installed Kindred, as a person who is not root and has a screen: started from its menu entry with a folder, until the groups are
 * there; names one; exports; ends. Prints what it saw as JSON. It runs on the installed program's own Node, and needs nothing else.
 *
 * Environment: KINDRED_TEST_PHOTOS  the folder to open   KINDRED_TEST_EXPORT  an empty folder to export to
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const photos = process.env.KINDRED_TEST_PHOTOS;
const destination = process.env.KINDRED_TEST_EXPORT;
const program = '/opt/kindred/kindred';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Asks again until there is an answer: nothing here can wait for an event of a program that was started by the desktop. */
async function until(what, ask, limitMs) {
  for (const endMs = Date.now() + limitMs; Date.now() < endMs; await sleep(200)) {
    const answer = await Promise.resolve()
      .then(ask)
      .catch(() => null);
    if (answer) return answer;
  }
  throw new Error(`Waited ${limitMs / 1000} s for ${what}.`);
}

function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ');
        return [{ pid: Number(pid), args }];
      } catch {
        return [];
      }
    });
}

execFileSync('gio', ['launch', '/usr/share/applications/kindred.desktop', photos], { stdio: 'ignore' });
const main = await until(
  'the program',
  () => processes().find(({ args }) => args.startsWith(`${program} `) && !args.includes('--type=')),
  30_000,
);
const address = await until(
  'its inspector',
  async () => {
    const [target] = await (await fetch('http://127.0.0.1:9229/json/list')).json();
    return target?.webSocketDebuggerUrl;
  },
  30_000,
);
const socket = new WebSocket(address);
await new Promise((resolve, reject) => {
  socket.onopen = resolve;
  socket.onerror = reject;
});
const pending = new Map();
socket.onmessage = ({ data }) => {
  const { id, result } = JSON.parse(data);
  pending.get(id)?.(result);
};
let lastId = 0;
async function evaluate(expression) {
  const id = ++lastId;
  const answer = new Promise((resolve) => pending.set(id, resolve));
  const params = { expression, awaitPromise: true, returnByValue: true, includeCommandLineAPI: true };
  socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params }));
  const { result, exceptionDetails } = await answer;
  if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
  return result.value;
}
const inPage = (code) =>
  evaluate(`require('electron').webContents.getAllWebContents()[0].executeJavaScript(${JSON.stringify(code)}, true)`);
/** A procedure, over the page's own transport: preload, main process, host. */
async function call(procedure, input = {}) {
  const frame = { kind: 'request', id: 1_000_000 + ++lastId, procedure, input };
  const reply = await inPage(`window.transport.request(${JSON.stringify(frame)})`);
  if (!reply.ok) throw new Error(`${procedure}: ${JSON.stringify(reply.error)}`);
  return reply.output;
}

const startedMs = Date.now();
await until('the page', () => inPage('document.readyState === "complete" && Boolean(window.transport)'), 60_000);
const list = await until(
  'the groups',
  async () => {
    const status = await call('pipeline.status');
    const { groups } = await call('group.list');
    return status?.state === 'done' && groups.length > 0 && { groups };
  },
  400_000,
);
const scanSeconds = Math.round((Date.now() - startedMs) / 1000);
await call('group.rename', { groupId: list.groups[0].id, name: 'Given in the window' });
const named = (await call('group.list')).groups.find(({ name }) => name === 'Given in the window');
const text = await until(
  'the name on the screen',
  () => inPage('document.body.innerText.includes("Given in the window") && document.body.innerText'),
  20_000,
);
const all = processes();
const renderer = all.find(({ args }) => args.includes('--type=renderer'));
const status = readFileSync(`/proc/${renderer.pid}/status`, 'utf8');
const sandbox = {
  seccomp: /Seccomp:\s+(\d)/.exec(status)[1],
  hasOwnUserNamespace: readlinkSync(`/proc/${renderer.pid}/ns/user`) !== readlinkSync('/proc/self/ns/user'),
};
const libraries = readFileSync(`/proc/${main.pid}/maps`, 'utf8');
// A program does not end while somebody looks in.
socket.close();
process.kill(main.pid, 'SIGTERM');
const left = () => processes().filter(({ args }) => args.startsWith('/opt/kindred/') && !args.includes('drive-'));
await until('the end', () => left().length === 0, 30_000).catch((error) => {
  throw new Error(`${error.message} Still there: ${JSON.stringify(left())}`);
});
const exported = JSON.parse(
  execFileSync('kindred', ['export', destination, '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
);
process.stdout.write(
  `${JSON.stringify({
    user: process.getuid(),
    scanSeconds,
    groups: list.groups.length,
    named: named.name,
    isOnScreen: text.length > 0,
    sandbox,
    nativeInMain: /libvips|better.sqlite3|onnxruntime/.test(libraries),
    exported: { written: exported.written, verified: exported.verified, failed: exported.failed },
  })}\n`,
);
