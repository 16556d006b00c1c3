/**
 * @file The grid at scale: a generated library of 100,000 photos in Chromium, served by the built program. It is scrolled as one looks for a
 * photo, with every picture, and then flung to the last photo. Says what of it is on time, what it takes of the processors, and what the page
 * holds before and after. Needs `npm run build` and a Chromium.
 *
 *   npm run -s bench:grid -- --json [--photos 100000] [--read 60] [--frames 2000] [--fling 900] [--shots FOLDER]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { makeGeneratedLibrary } from './generated-library';
import { processorTime } from './grid/processor-time';
import { held, scroll } from './grid/scroll';
import { atLeast, atMost, numberOption, printBench, textOption } from './report';

const root = join(import.meta.dirname, '..');
const numPhotos = numberOption('photos', 100_000);
/** Pixels a frame: a quick wheel, 3,600 pixels a second. */
const read = numberOption('read', 60);
/** Long enough for more pages than are kept. */
const numFrames = numberOption('frames', 2000);
/** Pixels a frame: faster than a person flings. */
const fling = numberOption('fling', 900);
const shots = textOption('shots');
/** Frames that are traced; with the trace they are slower, so their times are not taken. */
const NUM_TRACED = 300;

const folder = mkdtempSync(join(tmpdir(), 'kindred-grid-'));
const libraryDir = join(folder, 'library');
const generated = { folder: join(folder, 'unplugged'), numGroups: 60, numThumbnails: 300, seed: 1 };
await makeGeneratedLibrary({ ...generated, libraryDir, numPhotos });
const host = await startHost();
const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(`${host.address}#/all`);
  await page.getByRole('grid').getByRole('gridcell').first().locator('img').waitFor();
  await scroll(page, read, 40);
  const before = await held(page, devtools);
  const reading = await scroll(page, read, numFrames);
  const readingTrace = await processorTime(page, async () => (await scroll(page, read, NUM_TRACED)).numFrames);
  const flingTrace = await processorTime(page, async () => (await scroll(page, fling, NUM_TRACED)).numFrames);
  const flinging = await scroll(page, fling);
  const lastName = await page.getByRole('gridcell', { name: /^[^,]+, [\d,]+ of/ }).evaluateAll((cells) => {
    const numbers = cells.map((cell) => Number(/, ([\d,]+) of/.exec(cell.ariaLabel!)![1]!.replaceAll(',', '')));
    return cells[numbers.indexOf(Math.max(...numbers))]!.ariaLabel;
  });
  if (shots) await page.screenshot({ path: join(shots, 'grid-end.png') });
  const after = await held(page, devtools);
  printBench(
    [
      atMost('longest task while scrolling, ms', Math.max(reading.longestTaskMs, flinging.longestTaskMs), 50),
      atMost(
        'the same in processor time of its thread, ms',
        Math.max(readingTrace.longestTaskMs, flingTrace.longestTaskMs),
        50,
      ),
      atLeast('frames within 16.7 ms, looking, per cent', reading.framesInTimePercent, 90),
      atLeast('frames within 16.7 ms, flung, per cent', flinging.framesInTimePercent, 90),
      atMost('heap after scrolling, times before', after.heapMb / before.heapMb, 1.2),
      atMost('nodes after scrolling, times before', after.numNodes / before.numNodes, 1.2),
    ],
    {
      ...{ numPhotos, load: loadavg().map((value) => Number(value.toFixed(1))) },
      looking: { step: read, ...reading, processor: readingTrace },
      flung: { step: fling, ...flinging, processor: flingTrace },
      ...{ before, after, lastName },
    },
  );
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
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
