import { AppError } from '@shared/ipc/errors';
import type { RunId } from '@shared/model/ids';
import type { RunProgress } from '@shared/model/run';

import type { WorkerHandle } from '../processes/fork-worker';
import { FromWorker, type ToWorker } from '../run/messages';

export interface PipelineProcessOptions {
  spawn: () => WorkerHandle<ToWorker>;
  libraryDir: string;
  trunksDirs: readonly string[];
  onProgress: (progress: RunProgress) => void;
  onChanged: (revision: number) => void;
  onLog: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** The worker died while it read these photos. */
  onCrashWhileReading: (photoIds: readonly number[]) => void;
}

/** How long a worker may take to reach a safe point before it is killed. Everything it wrote is in short transactions. */
const STOP_GRACE_MS = 800;
/** A photo that is being read for longer than this hangs: the decoders' own limit is 15 s, a busy machine included. */
const HANG_MS = 90_000;
/** Crashes outside reading, after which a run is given up: reading a bad file over and over is bounded by its crash count. */
const MAX_UNEXPLAINED_CRASHES = 2;

export type RunEnd = { state: 'done' | 'paused' | 'cancelled' | 'failed'; message: string | null };

/**
 * Runs the pipeline in a process of its own and outlives its crashes.
 *
 * States: idle → running → (stopping →) idle. A worker that dies while running is started again and resumes; the photos it was reading
 * are reported first, so that the next worker reads them one at a time and the one at fault is found. A worker may also ask for a
 * fresh one to go on from where it is.
 */
export class PipelineProcess {
  private worker: WorkerHandle<ToWorker> | null = null;
  private last: RunProgress | null = null;
  private stopState: 'paused' | 'cancelled' | null = null;
  private killTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: PipelineProcessOptions) {}

  get isRunning(): boolean {
    return this.worker !== null;
  }

  /** The last progress of the current or latest run, so that a reloaded window shows the truth at once. */
  get progress(): RunProgress | null {
    return this.last;
  }

  /** Runs until the end of the run, over as many workers as it takes. Never rejects for a failing run. */
  async run(runId: RunId): Promise<RunEnd> {
    if (this.worker) throw new AppError('failed-precondition', 'A run is under way already.');
    this.stopState = null;
    // A page that asks before the worker's first word is shown a run all the same.
    if (this.last?.runId !== runId) this.last = begunRun(runId);
    else this.last = { ...this.last, state: 'running', message: null };
    let numUnexplained = 0;
    for (;;) {
      const outcome = await this.runWorker(runId, numUnexplained);
      if (outcome.kind === 'ended') return this.end(outcome.end);
      if (this.stopState) return this.end({ state: this.stopState, message: null });
      if (outcome.kind === 'renewed') continue;
      if (outcome.kind === 'not-started') {
        this.options.onLog('error', `The pipeline could not be started: ${outcome.reason}`);
        return this.end({
          state: 'failed',
          message: `The system could not start the learning process (${outcome.reason}). Close other programs, or restart the machine, and try again.`,
        });
      }
      if (outcome.reading.length > 0) {
        this.options.onLog(
          'warn',
          `The reader died (${outcome.reason}) at photo ${outcome.reading.join(', ')}; starting again.`,
        );
        this.options.onCrashWhileReading(outcome.reading);
      } else {
        numUnexplained += 1;
        this.options.onLog('error', `The pipeline died (${outcome.reason}); ${numUnexplained} times now.`);
        if (numUnexplained > MAX_UNEXPLAINED_CRASHES) {
          return this.end({
            state: 'failed',
            message: 'The learning process stopped several times. The log has the details.',
          });
        }
      }
    }
  }

  /** Tells a run under way; one that starts later asks the library. */
  setGentle(isGentle: boolean): void {
    this.worker?.send({ kind: 'gentle', isGentle });
  }

  /** Asks the run to stop at the next safe point; kills it when it takes too long. What was done stays done. */
  stop(state: 'paused' | 'cancelled'): void {
    if (!this.worker || this.stopState) return;
    this.stopState = state;
    this.worker.send({ kind: 'stop', state });
    const worker = this.worker;
    this.killTimer = setTimeout(() => worker.kill(), STOP_GRACE_MS);
  }

  private runWorker(runId: RunId, numCrashes: number): Promise<WorkerOutcome> {
    const { promise, resolve } = Promise.withResolvers<WorkerOutcome>();
    let worker: WorkerHandle;
    try {
      worker = this.options.spawn();
    } catch (error) {
      return Promise.resolve({ kind: 'not-started', reason: error instanceof Error ? error.message : String(error) });
    }
    this.worker = worker;
    const reading = new Map<number, number>();
    const watchdog = setInterval(() => {
      const oldestMs = Math.min(...reading.values());
      if (performance.now() - oldestMs > HANG_MS) worker.kill();
    }, HANG_MS / 10);
    let said: WorkerOutcome | null = null;
    // What an earlier process of the same run had come to.
    const before = this.last?.runId === runId ? this.last : null;
    worker.onMessage((raw) => {
      const parsed = FromWorker.safeParse(raw);
      if (!parsed.success) {
        this.options.onLog('error', `The pipeline said something unknown: ${parsed.error.message}`);
        return;
      }
      const message = parsed.data;
      switch (message.kind) {
        case 'progress':
          this.last = goneOnFrom(before, message.progress);
          this.options.onProgress(this.last);
          break;
        case 'changed':
          this.options.onChanged(message.revision);
          break;
        case 'reading':
          reading.set(message.photoId, performance.now());
          break;
        case 'read':
          reading.delete(message.photoId);
          break;
        case 'log':
          this.options.onLog(message.level, message.message);
          break;
        case 'ended':
          said = { kind: 'ended', end: { state: message.state, message: message.message } };
          break;
        case 'renew':
          said = { kind: 'renewed' };
          break;
      }
    });
    worker.onExit(({ reason, hasStarted }) => {
      clearTimeout(this.killTimer);
      clearInterval(watchdog);
      this.worker = null;
      if (!hasStarted) resolve({ kind: 'not-started', reason });
      else resolve(said ?? { kind: 'died', reason, reading: [...reading.keys()] });
    });
    worker.send({
      kind: 'run',
      libraryDir: this.options.libraryDir,
      runId,
      trunksDirs: [...this.options.trunksDirs],
      numCrashes,
    });
    return promise;
  }

  private end(end: RunEnd): RunEnd {
    if (this.last) {
      this.last = { ...this.last, state: end.state, message: end.message, secondsLeft: null };
      this.options.onProgress(this.last);
    }
    return end;
  }
}

type WorkerOutcome =
  | { kind: 'ended'; end: RunEnd }
  | { kind: 'renewed' }
  | { kind: 'not-started'; reason: string }
  | { kind: 'died'; reason: string; reading: number[] };

function begunRun(runId: RunId): RunProgress {
  const none = { done: 0, total: 0, rate: null, secondsLeft: null, message: null };
  const start = { state: 'running', stage: 'index-photos', activity: 'Looking for photos', fraction: 0 } as const;
  return { ...none, ...start, runId, numFailed: 0, hasDraft: false };
}

/** A process that takes a run up knows nothing of the one before; the person is shown one run. */
function goneOnFrom(before: RunProgress | null, progress: RunProgress): RunProgress {
  if (!before) return progress;
  return {
    ...progress,
    fraction: Math.max(before.fraction, progress.fraction),
    numFailed: before.numFailed + progress.numFailed,
    hasDraft: before.hasDraft || progress.hasDraft,
  };
}
