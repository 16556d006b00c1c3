import type { Page } from 'playwright-core';

import { round } from '../report';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Processor time of its thread in µs. */
  tdur?: number;
  args: { name?: string };
}

/** What a scroll took of the processors, which other programs do not change: a task that waits for its turn takes nothing. */
export interface ProcessorTime {
  /** Of the page's main thread: scripts, styles, layout, painting. */
  longestTaskMs: number;
  mainMsPerFrame: number;
  /** Raster and decoding of pictures, beside the main thread. */
  rasterMsPerFrame: number;
  /** Putting layers together, in the page and in the process that shows them, which would be a GPU's work. */
  compositingMsPerFrame: number;
}

/** Traces what `action` does with the browser; it says how many frames it drew. */
export async function processorTime(page: Page, action: () => Promise<number>): Promise<ProcessorTime> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel'] });
  const numFrames = await action();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map(
    traceEvents.filter(({ name }) => name === 'thread_name').map((event) => [threadOf(event), event.args.name!]),
  );
  const tasksOf = (thread: string): number[] =>
    traceEvents
      .filter((event) => isTask(event) && threads.get(threadOf(event)) === thread)
      .map(({ tdur = 0 }) => tdur / 1000);
  const perFrame = (...names: string[]): number =>
    round(names.flatMap(tasksOf).reduce((sum, ms) => sum + ms, 0) / numFrames);
  return {
    longestTaskMs: round(Math.max(0, ...tasksOf('CrRendererMain'))),
    mainMsPerFrame: perFrame('CrRendererMain'),
    rasterMsPerFrame: perFrame('ThreadPoolForegroundWorker'),
    compositingMsPerFrame: perFrame('Compositor', 'VizCompositorThread'),
  };
}

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;

/** Whole tasks of a thread, or of one of a pool; what a raster task runs in turn would count twice. */
const isTask = ({ name, ph }: TraceEvent): boolean =>
  ph === 'X' && (name === 'ThreadControllerImpl::RunTask' || name === 'ThreadPool_RunTask');
