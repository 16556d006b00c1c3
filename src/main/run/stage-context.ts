import type { RunId } from '@shared/model/ids';
import type { RunOptions, StageName } from '@shared/model/run';

import type { Engine } from '../scan/engine/engine';
import type { Trunk } from '../trunks/trunk';
import type { Store } from '../store/store';
import type { FromWorker } from './messages';
import type { ProgressReporter } from './progress';

export interface RunPipelineOptions {
  store: Store;
  libraryDir: string;
  runId: RunId;
  /** Where trunks are looked for, in this order. */
  trunksDirs: readonly string[];
  signal: AbortSignal;
  /** Times that this run's process died for no known reason; after the second, the engine that runs everywhere is taken. */
  numCrashes?: number;
  send: (message: FromWorker) => void;
  /** Whether another process takes the run up when this one ends with a {@link Renewal}. */
  isRenewable?: boolean;
}

/** Not a failure: see {@link StageContext.renew}. */
export class Renewal extends Error {}

/** What every stage works with. Engine and trunk are opened at their first use: a run with nothing to do loads neither. */
export interface StageContext {
  store: Store;
  libraryDir: string;
  runId: RunId;
  options: RunOptions;
  signal: AbortSignal;
  progress: ProgressReporter;
  engine: () => Promise<Engine>;
  /** The run's only trunk (see stages/settle-trunk.ts). */
  trunk: (id: string) => Promise<Trunk>;
  /** Gives back the hundreds of megabytes that a trunk holds, until it is asked for again. */
  releaseTrunk: () => Promise<void>;
  /**
   * Lets the run go on in a fresh process, from what is stored: after thousands of photos the heap is full of holes, and learning needs the
   * room. Returns only where there is nobody to start one.
   *
   * @throws {Renewal}
   */
  renew: () => void;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Groups or photos changed, and screens that show them have to read them again. */
  changed: () => void;
  /** Brackets the reading of one photo by native code, so that a crash is laid at the right door. */
  reading: (photoId: number) => void;
  read: (photoId: number) => void;
  /** Adds a line to the run report. */
  find: (finding: string) => void;
}

/** Measures a stage and records what it took, also when it is cancelled half-way. */
export async function timeStage<T>(
  context: StageContext,
  stage: StageName,
  run: (record: { items: number; note: string | null; inputHash: string | null }) => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  const record = { items: 0, note: null, inputHash: null };
  try {
    return await run(record);
  } finally {
    const seconds = (performance.now() - startedMs) / 1000;
    context.store.runs.addStage(context.runId, stage, { ...record, seconds });
  }
}
