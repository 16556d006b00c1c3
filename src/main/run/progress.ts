import type { RunId } from '@shared/model/ids';
import { type RunProgress, type RunState, StageName } from '@shared/model/run';

/** Share of a run's time a stage takes on a library of some thousand photos (measured on `things`, 2 cores). */
const WEIGHTS: Record<StageName, number> = {
  'index-photos': 0.02,
  embed: 0.7,
  'learn-features': 0.09,
  'mine-neighbors': 0.02,
  cluster: 0.13,
  'self-label': 0.03,
  assign: 0.01,
};

const EVENT_INTERVAL_MS = 100;
/** The rate is measured over this much time, so that it follows a slow disk without jumping about. */
const RATE_WINDOW_MS = 8000;

/** Turns what the stages count into one line of progress: weighted, never decreasing, at most ten events a second. */
export class ProgressReporter {
  private readonly progress: RunProgress;
  private samples: { atMs: number; done: number }[] = [];
  private startedAtMs: number;
  private startFraction = 0;
  private lastEventMs = 0;

  constructor(
    runId: RunId,
    private readonly emit: (progress: RunProgress) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.startedAtMs = this.now();
    this.progress = {
      runId,
      state: 'running',
      stage: 'index-photos',
      activity: 'Looking for photos',
      done: 0,
      total: 0,
      rate: null,
      secondsLeft: null,
      fraction: 0,
      numFailed: 0,
      hasDraft: false,
      message: null,
    };
  }

  /** A stage, or a new part of one, begins. `from` and `to` say which share of the stage this part is. */
  begin(stage: StageName, activity: string, total: number, { from = 0, to = 1 } = {}): PartProgress {
    Object.assign(this.progress, { stage, activity, total, done: 0, rate: null });
    this.samples = [{ atMs: this.now(), done: 0 }];
    const before = StageName.options
      .slice(0, StageName.options.indexOf(stage))
      .reduce((sum, name) => sum + WEIGHTS[name], 0);
    const start = before + from * WEIGHTS[stage];
    const span = (to - from) * WEIGHTS[stage];
    if (this.startFraction === 0 && start > 0 && this.progress.fraction === 0) this.startFraction = start;
    const update = (done: number, isForced: boolean): void => {
      this.progress.done = Math.max(this.progress.done, Math.min(Math.floor(done), this.progress.total));
      const share = this.progress.total === 0 ? 0 : this.progress.done / this.progress.total;
      this.progress.fraction = Math.max(this.progress.fraction, Math.min(1, start + span * share));
      this.measureRate();
      this.send(isForced);
    };
    update(0, true);
    return {
      to: (done, newTotal) => {
        if (newTotal !== undefined) this.progress.total = Math.floor(newTotal);
        update(done, false);
      },
      add: (count = 1) => update(this.progress.done + count, false),
    };
  }

  addFailed(): void {
    this.progress.numFailed += 1;
  }

  setHasDraft(): void {
    this.progress.hasDraft = true;
    this.send(true);
  }

  end(state: RunState, message: string | null): void {
    Object.assign(this.progress, { state, message, secondsLeft: state === 'done' ? 0 : null });
    if (state === 'done') this.progress.fraction = 1;
    this.send(true);
  }

  private measureRate(): void {
    const atMs = this.now();
    this.samples.push({ atMs, done: this.progress.done });
    while (this.samples.length > 2 && atMs - this.samples[0]!.atMs > RATE_WINDOW_MS) this.samples.shift();
    const first = this.samples[0]!;
    const seconds = (atMs - first.atMs) / 1000;
    if (seconds > 0.5) this.progress.rate = (this.progress.done - first.done) / seconds;
    const elapsed = (atMs - this.startedAtMs) / 1000;
    const gained = this.progress.fraction - this.startFraction;
    this.progress.secondsLeft = elapsed > 3 && gained > 0.02 ? (elapsed / gained) * (1 - this.progress.fraction) : null;
  }

  private send(isForced: boolean): void {
    const atMs = this.now();
    if (!isForced && atMs - this.lastEventMs < EVENT_INTERVAL_MS) return;
    this.lastEventMs = atMs;
    this.emit({ ...this.progress });
  }
}

/** Counts one part of a stage. */
export interface PartProgress {
  /** Sets how many items are done, and how many there are when that became known. */
  to(done: number, total?: number): void;
  add(count?: number): void;
}
