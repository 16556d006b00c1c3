import { AppError } from '@shared/ipc/errors';
import type { EngineChoice } from '@shared/model/run';

import { shownPath } from '../path-bytes';
import { openCommandLibrary, print } from './command-context';
import { ProgressLine } from './progress-line';

export interface ScanOptions {
  library?: string;
  seed?: number;
  groups?: number | 'auto';
  detail?: number;
  trunk?: string;
  engine?: EngineChoice;
  views?: number;
  relearn?: boolean;
  /** Undefined leaves the library's own setting. */
  gentle?: boolean;
  json?: boolean;
}

/** `kindred scan`: indexes the folders, learns, and prints what was found. */
export async function scan(folders: readonly string[], options: ScanOptions): Promise<void> {
  const line = new ProgressLine();
  const library = openCommandLibrary(folders, options.library, line);
  let numInterrupts = 0;
  const onInterrupt = (): void => {
    numInterrupts += 1;
    if (numInterrupts > 1) process.exit(130);
    library.stopRun('paused');
  };
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    const { store } = library;
    if (options.gentle !== undefined) library.setGentle(options.gentle);
    const runId = library.startRun({
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(options.groups === undefined ? {} : { numGroups: options.groups }),
      ...(options.detail === undefined ? {} : { detail: options.detail }),
      ...(options.trunk === undefined ? {} : { trunk: options.trunk }),
      ...(options.engine === undefined ? {} : { engine: options.engine }),
      ...(options.views === undefined ? {} : { numViews: options.views }),
      ...(options.relearn === undefined ? {} : { relearn: options.relearn }),
    });
    const resumedRead = store.runs.report(runId).stages.find((stage) => stage.name === 'embed')?.items ?? 0;
    const end = await library.waitForRun();
    line.stop();
    if (end?.state === 'paused' || end?.state === 'cancelled')
      throw new AppError('cancelled', 'Stopped. Scan again to go on.');
    if (end?.state === 'failed') throw new AppError('internal', end.message ?? 'The run failed.');

    const report = store.runs.report(runId);
    const counts = store.photos.counts();
    const read = (report.stages.find((stage) => stage.name === 'embed')?.items ?? 0) - resumedRead;
    const list = store.memberships.list(0);
    const indexed = Math.max(0, Math.min(counts.indexed, read));
    const result = {
      library: library.dir,
      photos: {
        indexed,
        unchanged: counts.indexed - indexed,
        failed: counts.failed,
        left_out: store.library.numLeftOut,
      },
      failures: store.photos.problems().map(({ path, reason }) => ({ path: shownPath(path), reason })),
      notes: store.photos.notes().map(({ path, note }) => ({ path: shownPath(path), note })),
      run: { id: runId, seed: report.seed, engine: report.engine, trunk: report.trunk, views: report.numViews },
      stages: report.stages.map(({ name, seconds, items }) => ({ name, seconds, items })),
      groups: list.groups.length,
      unsorted: list.unsorted.numPhotos,
      verdict: report.verdict,
      findings: report.findings,
    };
    print(options.json, result, () => describe(result));
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
    await library.close();
  }
}

function describe(result: {
  library: string;
  photos: { indexed: number; unchanged: number; failed: number; left_out: number };
  failures: { path: string; reason: string }[];
  notes: { path: string; note: string }[];
  groups: number;
  unsorted: number;
  verdict: string | null;
  stages: { name: string; seconds: number }[];
  findings: string[];
}): string {
  const { photos } = result;
  const total = photos.indexed + photos.unchanged;
  const lines = [
    `${total.toLocaleString('en')} photos in ${result.groups} groups, ${result.unsorted} unsorted.`,
    ...result.findings.map((finding) => `  ${finding}`),
    `${photos.indexed} read, ${photos.unchanged} unchanged, ${photos.left_out} files left out, ${photos.failed} could not be read.`,
    ...result.failures.map(({ path, reason }) => `  ${path}: ${reason}`),
    ...result.notes.map(({ path, note }) => `  ${path}: ${note}`),
    `Time: ${result.stages.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)} s`).join(', ')}.`,
    `Library: ${result.library}`,
  ];
  return lines.join('\n');
}
