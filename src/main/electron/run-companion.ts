import type { EventFrame } from '@shared/ipc/frames';
import { RunProgress } from '@shared/model/run';

/** What the system can be told of a run. */
export interface RunSigns {
  /** On the dock or task bar; below 0 takes it away. */
  setProgressBar(fraction: number): void;
  /** Keeps the machine from falling asleep. @returns A function that lets it. */
  keepAwake(): () => void;
  isFocused(): boolean;
  notify(title: string, body: string): void;
}

/** A run that ends sooner is seen by the person who started it. */
const LONG_MS = 60_000;

/** Follows runs by their progress: no sleep meanwhile, a bar on the dock, and word of the end to a person who is elsewhere. */
export class RunCompanion {
  private letSleep: (() => void) | null = null;
  private startedMs = 0;

  constructor(
    private readonly signs: RunSigns,
    private readonly nowMs: () => number = Date.now,
  ) {}

  onEvent({ event, payload }: EventFrame): void {
    if (event !== 'pipeline.progress') return;
    const parsed = RunProgress.safeParse(payload);
    if (!parsed.success) return;
    const { state, fraction, message } = parsed.data;
    if (state === 'running') {
      if (!this.letSleep) {
        this.letSleep = this.signs.keepAwake();
        this.startedMs = this.nowMs();
      }
      this.signs.setProgressBar(fraction);
      return;
    }
    const wasLong = this.letSleep !== null && this.nowMs() - this.startedMs >= LONG_MS;
    this.stop();
    if (!wasLong || this.signs.isFocused()) return;
    if (state === 'done') this.signs.notify('Your photos are grouped', 'Kindred has learned from them.');
    if (state === 'failed') this.signs.notify('Kindred could not finish', message ?? 'The window says more.');
  }

  /** The host is gone, and the run with it. */
  stop(): void {
    this.letSleep?.();
    this.letSleep = null;
    this.signs.setProgressBar(-1);
  }
}
