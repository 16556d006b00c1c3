import { AppError } from '@shared/ipc/errors';
import {
  type ConflictPolicy,
  type ExportMode,
  ExportOptions as ExportSettings,
  type ExportPlan,
  type ExportReport,
} from '@shared/model/export';

import type { OpenLibrary } from '../host/open-library';
import { absolutePath } from '../typed-path';
import { openCommandLibrary, print } from './command-context';

export interface ExportOptions {
  library?: string;
  mode?: ExportMode;
  conflicts?: ConflictPolicy;
  unsure?: ExportSettings['unsure'];
  byYear?: boolean;
  keywords?: boolean;
  manifest?: boolean;
  /** False with `--no-companions`. */
  companions?: boolean;
  namedOnly?: boolean;
  unsorted?: boolean;
  dryRun?: boolean;
  yes?: boolean;
  resume?: number;
  undo?: number;
  json?: boolean;
}

const LINE_INTERVAL_MS = 3000;

/** `kindred export`: plans, then writes and verifies; or goes on with, or takes back, an earlier export. */
export async function exportCommand(destination: string | undefined, options: ExportOptions): Promise<void> {
  const numWays = [destination, options.resume, options.undo].filter((way) => way !== undefined).length;
  if (numWays !== 1) throw new AppError('invalid-argument', 'Say where to export to, or --resume ID, or --undo ID.');
  let lastLineMs = 0;
  const library = openCommandLibrary([], options.library, undefined, (done, total) => {
    if (done < total && performance.now() - lastLineMs < LINE_INTERVAL_MS) return;
    lastLineMs = performance.now();
    process.stderr.write(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} files\n`);
  });
  const onInterrupt = (): void => void library.exports.close();
  process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
  try {
    if (options.undo !== undefined) printReport(options, await library.exports.undo(options.undo), null);
    else if (options.resume !== undefined) printReport(options, await library.exports.resume(options.resume), null);
    else await planAndWrite(library, destination!, options);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
    await library.close();
  }
}

async function planAndWrite(library: OpenLibrary, destination: string, options: ExportOptions): Promise<void> {
  const plan = await library.exports.plan(
    ExportSettings.parse({
      destination: absolutePath(destination, process.cwd()),
      mode: options.mode,
      namedOnly: options.namedOnly,
      unsorted: options.unsorted,
      conflicts: options.conflicts,
      unsure: options.unsure,
      byYear: options.byYear,
      keywords: options.keywords,
      manifest: options.manifest,
      companions: options.companions,
    }),
  );
  if (options.dryRun) return printReport(options, library.exports.report(plan.id), plan);
  if (plan.problems.length > 0) throw new AppError('failed-precondition', plan.problems.join('\n'));
  if (isUnanswered(plan, options)) {
    throw new AppError('failed-precondition', `${describeConflicts(plan)} Nothing was written.`);
  }
  try {
    printReport(options, await library.exports.start(plan.id, options.yes === true), plan);
  } catch (error) {
    const hasBegun = error instanceof AppError && library.exports.report(plan.id).state === 'interrupted';
    if (!hasBegun) throw error;
    throw new AppError(error.code, `${error.message} Go on with: kindred export --resume ${plan.id}`, { cause: error });
  }
}

function printReport(options: ExportOptions, report: ExportReport, plan: ExportPlan | null): void {
  const isDry = options.dryRun === true;
  const result = {
    id: report.id,
    planned: {
      files: plan?.numFiles ?? report.numPlanned,
      bytes: plan?.sizeBytes ?? report.bytesWritten,
      folders: plan?.folders.length ?? 0,
    },
    written: report.numWritten,
    skipped: report.numSkipped,
    conflicts: plan?.numConflicts ?? 0,
    failed: report.failed,
    verified: report.numVerified,
    bytes_written: report.bytesWritten,
    ungrouped: plan?.numUngrouped ?? 0,
    changed: plan?.changed ?? [],
    dry_run: isDry,
    state: report.state,
    ...(plan && plan.problems.length > 0 ? { problems: plan.problems } : {}),
  };
  print(options.json, result, () =>
    [
      isDry
        ? `Would write ${result.planned.files - report.numSkipped} of ${result.planned.files} files (${result.planned.bytes.toLocaleString('en')} bytes) into ${result.planned.folders} folders of ${report.destination}.`
        : `${report.numWritten} files written, ${report.numVerified} verified, ${report.numSkipped} already there, ${report.failed.length} failed. Export ${report.id}: ${report.state}.`,
      ...(plan?.folders ?? []).map((folder) => `  ${folder.name}: ${folder.numFiles}`),
      ...(plan && plan.numUngrouped > 0
        ? [`  ${plan.numUngrouped.toLocaleString('en')} in no group: left out (--unsorted takes them along)`]
        : []),
      ...(plan?.changed ?? []).map(
        (path) => `! ${path} changed since it was looked at; scan again to see where it belongs.`,
      ),
      ...(isDry && plan && isUnanswered(plan, options) ? [`! ${describeConflicts(plan)}`] : []),
      ...(plan?.problems ?? []).map((problem) => `! ${problem}`),
      ...report.failed.map(({ path, reason }) => `  ${path}: ${reason}`),
    ].join('\n'),
  );
  if (!isDry && report.failed.length > 0) process.exitCode = 1;
  if (!isDry && report.state === 'failed') throw new AppError('internal', 'The export could not be finished.');
}

function isUnanswered(plan: ExportPlan, { conflicts = 'ask' }: ExportOptions): boolean {
  return plan.numConflicts > 0 && conflicts === 'ask';
}

/** The question that a window would ask: what becomes of names that other files have. */
function describeConflicts({ numConflicts, conflicts }: ExportPlan): string {
  const what = numConflicts === 1 ? 'One name is' : `${numConflicts.toLocaleString('en')} names are`;
  const names = conflicts.slice(0, 5).map(({ target }) => target);
  const more = numConflicts > names.length ? ', …' : '';
  return `${what} taken by other files there (${names.join(', ')}${more}). Say --conflicts rename (write beside them) or --conflicts skip (leave these out).`;
}
