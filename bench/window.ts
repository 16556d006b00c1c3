/**
 * @file The window in a real Electron while it scans: memory and event loop of its main process, its reading speed beside the page's in the same
 * run, and how soon it is usable again after its host, a worker or its page was killed at a random moment of a scan. Needs `npm run build`.
 *
 *   npm run -s bench:window -- --json [--photos DIR] [--kills 3] [--seed 1]
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { chromium, expect } from '@playwright/test';
import Database from 'better-sqlite3';

import { createRandom } from '@shared/random';

import { runIsDone, startHost } from '../test/e2e/kindred-page';
import { whyNoWindow } from '../test/e2e/window/find-electron';
import type { RunningWindow } from '../test/e2e/window/launch-window';
import { findProcess, killProcess } from '../test/e2e/window/processes';
import { startSession } from '../test/e2e/window/window-test';
import { writeGeneratedLibrary } from '../test/helpers/generated-pictures';
import { atLeast, atMost, numberOption, printBench, textOption } from './report';

const SCAN_LIMIT_MS = 3_600_000;
const MAX_AGAIN_MS = 3000;
const numKills = numberOption('kills', 3);
const random = createRandom(numberOption('seed', 1));
const reason = whyNoWindow();
if (reason !== null) throw new Error(reason);

const root = mkdtempSync(join(tmpdir(), 'kindred-bench-window-'));
const given = textOption('photos');
const photos = given === undefined ? join(root, 'Photos') : resolve(given);
if (given === undefined) await writeGeneratedLibrary(photos, { classes: 3, perClass: 20, seed: 21 });

try {
  const window = await scanInWindow();
  const page = await scanInPage();
  const again: Record<Role, number[]> = { host: [], worker: [], page: [] };
  for (const role of ['host', 'worker', 'page'] as const)
    for (let time = 0; time < numKills; time++) again[role].push(await killDuringScan(role));
  printBench(
    [
      atMost('main process, MB', window.mainMb, 250),
      atMost('longest delay of its event loop, ms', window.delayMs, 50),
      atLeast("the window's reading speed against the page's", window.photosPerSecond / page.photosPerSecond, 0.95),
      ...Object.entries(again).map(([role, ms]) =>
        atMost(`${role} killed, longest until usable, ms`, Math.max(...ms), MAX_AGAIN_MS),
      ),
    ],
    { numPhotos: numFiles(photos), window, page, again },
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}

type Role = 'host' | 'worker' | 'page';

function numFiles(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

/** Photos a second in the stages that read them, as the run itself noted them in the library below a data folder. */
function readingSpeed(folder: string): number {
  const libraries = join(folder, 'data', 'libraries');
  const database = new Database(join(libraries, readdirSync(libraries)[0]!, 'library.sqlite'), { readonly: true });
  const sum = "SELECT sum(seconds) FROM stage_results WHERE stage IN ('index-photos', 'embed')";
  const seconds = database.prepare<[], number>(sum).pluck().get()!;
  database.close();
  return numFiles(photos) / seconds;
}

async function scanInWindow(): Promise<{ mainMb: number; delayMs: number; photosPerSecond: number }> {
  const session = await startSession();
  try {
    const kindred = await session.open([photos]);
    await kindred.main.evaluate(() => {
      const { monitorEventLoopDelay } = process.mainModule!.require('perf_hooks') as typeof import('node:perf_hooks');
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      Object.assign(globalThis, { delay });
    });
    await runIsDone(kindred.page, SCAN_LIMIT_MS);
    const delayMs = await kindred.main.evaluate(
      () => (globalThis as unknown as { delay: { max: number } }).delay.max / 1e6,
    );
    const pid = await kindred.main.evaluate(() => process.pid);
    const mainMb = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
    return { mainMb, delayMs, photosPerSecond: readingSpeed(session.place.folder) };
  } finally {
    await session.close();
  }
}

async function scanInPage(): Promise<{ photosPerSecond: number }> {
  const host = await startHost([photos]);
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(host.address);
    await runIsDone(page, SCAN_LIMIT_MS);
    return { photosPerSecond: readingSpeed(host.folder) };
  } finally {
    await browser.close();
    await host.stop();
  }
}

/**
 * Kills one process at a random moment of a scan of its own: deaths within a minute of each other are answered later and later.
 *
 * @returns Milliseconds until the page has its library again, and the process was put back.
 * @throws If the scan does not come to its end with every photo.
 */
async function killDuringScan(role: Role): Promise<number> {
  const session = await startSession();
  try {
    const kindred = await session.open([photos]);
    await expect(kindred.page.getByRole('region', { name: 'Run' })).toContainText(`of ${numFiles(photos)}`, {
      timeout: SCAN_LIMIT_MS,
    });
    await wait(random.uniform() * 2000);
    const startMs = performance.now();
    if (role === 'page') await killPage(kindred);
    else await killChild(kindred, role);
    await libraryIsShown(kindred);
    const ms = performance.now() - startMs;
    const isDone = new RegExp(`Done\\s+${numFiles(photos)} photos`);
    await expect.poll(() => wordsOf(kindred), { timeout: SCAN_LIMIT_MS }).toMatch(isDone);
    return ms;
  } finally {
    await session.close();
  }
}

async function killChild(kindred: RunningWindow, role: 'host' | 'worker'): Promise<void> {
  const root = kindred.child.pid!;
  const { pid } = killProcess(root, role);
  const other = (): boolean => ![undefined, pid].includes(findProcess(root, role)?.pid);
  await expect.poll(other, { timeout: SCAN_LIMIT_MS, intervals: [20] }).toBe(true);
}

async function killPage({ main }: RunningWindow): Promise<void> {
  await main.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const isLoaded = new Promise<void>((done) => webContents.once('did-finish-load', () => done()));
    webContents.forcefullyCrashRenderer();
    await isLoaded;
  });
}

/** What the page shows; asked of Electron, since a debugger loses a page that was killed. */
function wordsOf({ main }: RunningWindow): Promise<string> {
  return main.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript('document.body.innerText') as Promise<string>,
  );
}

/** The page is connected, and a host with the library open gives it a photo. */
async function libraryIsShown({ main }: RunningWindow): Promise<void> {
  const look = (): Promise<boolean> =>
    main.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(`fetch('/media/1/thumbnail').then(
          ({ ok }) => ok && document.querySelector('[aria-label=Run]') !== null && !document.body.innerText.includes('Connection to Kindred lost'))`) as Promise<boolean>,
    );
  await expect.poll(look, { timeout: SCAN_LIMIT_MS, intervals: [20] }).toBe(true);
}
