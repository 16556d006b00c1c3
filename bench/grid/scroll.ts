import type { CDPSession, Page } from 'playwright-core';

import { round } from '../report';

const FRAME_MS = 1000 / 60;

/** What the person at the window would notice of a scroll: times on the wall clock, whatever else the machine does. */
export interface Scrolled {
  pixels: number;
  seconds: number;
  numFrames: number;
  /** Of 16.7 ms or less, with half a millisecond for the clock. */
  framesInTimePercent: number;
  medianFrameMs: number;
  numLongTasks: number;
  longestTaskMs: number;
}

/** Scrolls by so many pixels a frame, so many frames or to the end. */
export async function scroll(page: Page, by: number, numFrames = Infinity): Promise<Scrolled> {
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
      for (let top = -1; grid.scrollTop !== top && frames.length < most;) {
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
    { by, most: Math.min(numFrames, Number.MAX_SAFE_INTEGER) },
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

export interface Held {
  heapMb: number;
  /** In the document or not. */
  numNodes: number;
}

/** What the page holds once everything that is not held is gone. */
export async function held(page: Page, devtools: CDPSession): Promise<Held> {
  // Pictures that are still on their way belong to what is shown.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('[role=grid] img')].every(({ complete }) => complete),
  );
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return {
    heapMb: round(usedSize / 2 ** 20),
    numNodes: metrics.find(({ name }) => name === 'Nodes')?.value ?? Number.NaN,
  };
}
