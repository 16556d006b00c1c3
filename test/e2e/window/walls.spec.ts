import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { writeGeneratedLibrary } from '../../helpers/generated-pictures';
import { runIsDone } from '../kindred-page';
import { askPermissions, nodeNames, oddPaths, reachOut, runForeignCode } from './attacks';
import { whyNoWindow } from './find-electron';
import type { RunningWindow } from './launch-window';
import { findProcess, mappedFiles } from './processes';
import { expect, type Session, startSession, test } from './window-test';

/** @file What a page that was taken over cannot do, and what the program itself never does. One window, under strace where that is here. */

const strace = '/usr/bin/strace';
const hasStrace = existsSync(strace);

let session: Session;
let kindred: RunningWindow;
/** What its processes asked of the network until the first attack. */
let calls: string;

test.beforeAll(async () => {
  if (whyNoWindow() !== null) return;
  session = await startSession();
  const photos = join(session.place.folder, 'photos');
  await writeGeneratedLibrary(photos, { classes: 2, perClass: 12, seed: 3, width: 160, height: 120 });
  const file = join(session.place.folder, 'calls');
  const wrapper = [
    strace,
    '-D',
    '-f',
    '--seccomp-bpf',
    '-qq',
    '-e',
    'trace=connect,sendto,sendmsg,sendmmsg',
    '-o',
    file,
  ];
  kindred = await session.open([photos], { wrapper: hasStrace ? wrapper : [] });
  await runIsDone(kindred.page, 180_000);
  calls = hasStrace ? readFileSync(file, 'utf8') : '';
});
test.afterAll(async () => session?.close());

test('the page has no Node, and only what the preload gives', async () => {
  const { page, main } = kindred;
  const types = await page.evaluate((names) => names.map((name) => typeof Reflect.get(globalThis, name)), nodeNames);
  expect(new Set(types)).toEqual(new Set(['undefined']));
  const isWritable = await page.evaluate(
    () => Object.getOwnPropertyDescriptor(globalThis, 'transport')?.writable ?? 'missing',
  );
  expect(isWritable).toBe(false);
  const preferences = await main.evaluate(({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const given = (
      webContents as unknown as { getLastWebPreferences: () => Electron.WebPreferences }
    ).getLastWebPreferences();
    const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = given;
    return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
  });
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('foreign code does not run in the page', async () => {
  expect(await kindred.page.evaluate(runForeignCode)).toEqual({
    'inline script': 'blocked',
    'inline handler': 'blocked',
    eval: 'EvalError',
    Function: 'EvalError',
    'blob worker': 'SecurityError',
  });
});

test('the scheme serves the page, its photos and nothing else', async () => {
  const served = await kindred.page.evaluate(async (paths) => {
    const answers = await Promise.all(
      paths.map(async (path) => {
        const response = await fetch(path).catch(() => null);
        return response?.ok ? `${path} ${(await response.text()).slice(0, 40)}` : null;
      }),
    );
    return answers.filter((answer) => answer !== null);
  }, oddPaths);
  expect(served).toEqual([]);
  const known = await kindred.page.evaluate(async () => {
    const thumbnail = await fetch(document.querySelector<HTMLImageElement>('img[src*="/media/"]')!.src);
    const page = await fetch('/index.html');
    return { thumbnail: thumbnail.status, page: page.status, policy: page.headers.get('Content-Security-Policy') };
  });
  expect(known).toMatchObject({ thumbnail: 200, page: 200 });
  expect(known.policy).toContain("script-src 'self'");
  const foreign = await kindred.main.evaluate(async ({ BrowserWindow }) => {
    const other = new BrowserWindow({ show: false });
    const text = await other
      .loadURL('kindred://other/index.html')
      .then(() => other.webContents.executeJavaScript('document.body.innerText'))
      .catch(String);
    other.destroy();
    return text as string;
  });
  expect(foreign).toMatch(/There is nothing here|ERR_/);
});

test('the page cannot be led elsewhere, and opens no window', async () => {
  const { page, main } = kindred;
  const own = page.url();
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await main.evaluate(({ BrowserWindow }) => {
    const stopped: string[] = [];
    Object.assign(globalThis, { stopped });
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    webContents.on('will-navigate', (event, url) => {
      if (event.defaultPrevented) stopped.push(url);
    });
    webContents.on('did-navigate', (_event, url) => stopped.push(`not stopped: ${url}`));
  });
  const stopped = (): Promise<string[]> =>
    main.evaluate(() => (globalThis as unknown as { stopped: string[] }).stopped);
  const places = ['https://example.com/', 'kindred://other/index.html', 'kindred://app/media/1/thumbnail'];
  for (const url of places) {
    await page.evaluate((to) => void setTimeout(() => (location.href = to), 0), url);
    await expect.poll(async () => (await stopped()).at(-1)).toBe(url);
  }
  await page.evaluate(() => {
    const form = document.createElement('form');
    form.action = 'https://example.com/form';
    document.body.append(form);
    form.submit();
  });
  await page.evaluate(() => void setTimeout(() => (location.href = 'file:///etc/passwd'), 0));
  await expect.poll(() => refused.join('\n')).toMatch(/form-action|form data/);
  await expect.poll(() => refused.join('\n')).toContain('Not allowed to load local resource');
  const opened = await page.evaluate(() => [window.open('https://example.com/'), window.open('about:blank')]);
  expect(opened).toEqual([null, null]);
  const numWindows = await main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect({ numWindows, url: page.url(), stopped: await stopped() }).toEqual({
    numWindows: 1,
    url: own,
    stopped: places,
  });
});

test('no permission is given', async () => {
  const answers = await kindred.page.evaluate(askPermissions);
  expect(Object.keys(answers)).toHaveLength(7);
  expect(Object.entries(answers).filter(([, answer]) => answer === 'given')).toEqual([]);
});

test('neither our page nor one without its policy reaches the network', async () => {
  const arrived: string[] = [];
  const server = createServer((socket) => {
    arrived.push('TCP');
    socket.destroy();
  });
  const udp = createSocket('udp4').on('message', () => arrived.push('UDP'));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  await new Promise<void>((ready) => udp.bind(0, '127.0.0.1', ready));
  const ports = { port: (server.address() as { port: number }).port, udpPort: udp.address().port };
  try {
    const ours = await kindred.page.evaluate(reachOut, ports);
    expect(ours).toMatchObject({ fetch: 'TypeError', file: 'TypeError', image: 'error', socket: 'error' });
    expect(arrived).toEqual([]);
    // Below the policy of the page: what the session refuses to a page without one.
    await kindred.main.evaluate(
      async ({ BrowserWindow }, code) => {
        const bare = new BrowserWindow({ show: false });
        await bare.loadURL('data:text/html,<h1>no policy</h1>');
        await bare.webContents.executeJavaScript(code);
        bare.destroy();
      },
      `(${reachOut.toString()})(${JSON.stringify(ports)})`,
    );
    expect(arrived).toEqual([]);
  } finally {
    server.close();
    udp.close();
  }
});

test('the main process has loaded no native module', async () => {
  const pid = await kindred.main.evaluate(() => process.pid);
  const natives = mappedFiles(pid).filter((path) =>
    /\.node$|vips|sqlite|onnxruntime|tensorflow|glib.*sharp/.test(path),
  );
  expect(natives).toEqual([]);
  // The same look at the host finds one, so it would have found one here.
  const hostPid = findProcess(pid, 'host')!.pid;
  expect(mappedFiles(hostPid).some((path) => path.endsWith('.node'))).toBe(true);
});

test('no process connects to anything, from the start to the end of a scan', () => {
  test.skip(!hasStrace, 'strace is not here.');
  // Without a trace of the pipes between the processes there would have been no trace at all.
  expect(calls).toContain('sendmsg');
  expect(calls.split('\n').filter((line) => /AF_INET6?/.test(line))).toEqual([]);
});
