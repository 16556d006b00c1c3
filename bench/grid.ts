/**
 * @file The grid at scale: a generated library of 100,000 photos in Chromium, served by the built program, scrolled through from the first to
 * the last photo; and what the page's memory is before and after. Needs `npm run build` and a Chromium.
 *
 *   npm run -s bench:grid -- --json [--photos 100000] [--step 900] [--shots FOLDER]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type CDPSession, chromium, type Page } from 'playwright-core';

import { makeGeneratedLibrary } from './generated-library';
import { atLeast, atMost, numberOption, printBench, round, textOption } from './report';

const root = join(import.meta.dirname, '..');
const numPhotos = numberOption('photos', 100_000);
/** Pixels a frame: faster than a person flings. */
const step = numberOption('step', 900);
const shots = textOption('shots');
const FRAME_MS = 1000 / 60;

const folder = mkdtempSync(join(tmpdir(), 'kindred-grid-'));
const libraryDir = join(folder, 'library');
const generated = { folder: join(folder, 'unplugged'), numGroups: 60, numThumbnails: 300, seed: 1 };
await makeGeneratedLibrary({ ...generated, libraryDir, numPhotos });
const host = await startHost();
const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const devtools = await page.context().newCDPSession(page);
  await page.goto(`${host.address}#/all`);
  await page.getByRole('grid').getByRole('gridcell').first().locator('img').waitFor();
  await scrollThrough(page, 40 * step);
  const before = await heapMb(devtools);
  const found = await scrollThrough(page, Infinity);
  if (shots) await page.screenshot({ path: join(shots, 'grid-end.png') });
  // Pictures that are still on their way belong to what is shown.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('[role=grid] img')].every(({ complete }) => complete),
  );
  const lastName = await page.getByRole('gridcell').last().getAttribute('aria-label');
  const after = await heapMb(devtools);
  printBench(
    [
      atMost('longest task while scrolling, ms', found.longestTaskMs, 50),
      atLeast('frames within 16.7 ms, per cent', found.framesInTimePercent, 90),
      atMost('heap after scrolling, times before', after / before, 1.2),
    ],
    { ...{ numPhotos, step, ...found }, heapMb: { before, after }, lastName },
  );
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Scrolled {
  pixels: number;
  seconds: number;
  numFrames: number;
  /** Of 16.7 ms or less, with half a millisecond for the clock. */
  framesInTimePercent: number;
  medianFrameMs: number;
  numLongTasks: number;
  longestTaskMs: number;
}

/** Scrolls a step a frame, up to so many pixels or the end. */
async function scrollThrough(page: Page, maxPixels: number): Promise<Scrolled> {
  const raw = await page.evaluate(
    async ({ by, most }) => {
      const grid = document.querySelector('[role=grid]')!;
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) =>
        tasks.push(...list.getEntries().map(({ duration }) => duration)),
      );
      observer.observe({ type: 'longtask' });
      const frames: number[] = [];
      const start = grid.scrollTop;
      let last = await new Promise<number>(requestAnimationFrame);
      const startMs = last;
      for (let top = -1; grid.scrollTop !== top && grid.scrollTop - start < most;) {
        top = grid.scrollTop;
        grid.scrollTop += by;
        const now = await new Promise<number>(requestAnimationFrame);
        frames.push(now - last);
        last = now;
      }
      // Entries come a moment after their task.
      await new Promise((resolve) => setTimeout(resolve, 500));
      observer.disconnect();
      return { tasks, frames, pixels: grid.scrollTop - start, ms: last - startMs };
    },
    { by: step, most: maxPixels === Infinity ? Number.MAX_SAFE_INTEGER : maxPixels },
  );
  const sorted = raw.frames.toSorted((a, b) => a - b);
  return {
    pixels: raw.pixels,
    seconds: round(raw.ms / 1000),
    numFrames: sorted.length,
    framesInTimePercent: round((100 * sorted.filter((ms) => ms <= FRAME_MS + 0.5).length) / sorted.length),
    medianFrameMs: round(sorted[sorted.length >> 1] ?? 0),
    numLongTasks: raw.tasks.length,
    longestTaskMs: round(Math.max(0, ...raw.tasks)),
  };
}

/** What the page's scripts hold once everything that is not held is gone. */
async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  return round(usedSize / 2 ** 20);
}

async function startHost(): Promise<{ address: string; stop: () => Promise<void> }> {
  const args = [join(root, 'out/main/cli.js'), 'serve', '--no-open', '--library', libraryDir];
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...process.env, KINDRED_DATA_DIR: join(folder, 'data'), CI: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const match = /http:\S+/.exec(text)?.[0];
      if (match) resolve(match);
    });
    void ended.then(() => reject(new Error('The host has ended.')));
  });
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Debian's or the system's Chromium, as the browser tests take it. */
function browserPath(): string {
  const known = [
    process.env['KINDRED_CHROMIUM'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  const path = known.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (path === undefined) throw new Error('There is no Chromium: set KINDRED_CHROMIUM.');
  return path;
}
