import { Presets, SingleBar } from 'cli-progress';

import type { RunProgress } from '@shared/model/run';

const LINE_INTERVAL_MS = 3000;

/** Shows a run's progress on standard error: a bar on a terminal, a line every few seconds elsewhere. */
export class ProgressLine {
  private readonly bar = process.stderr.isTTY
    ? new SingleBar(
        { stream: process.stderr, format: '{activity} {bar} {percentage} % · {counts}{left}', hideCursor: true },
        Presets.shades_classic,
      )
    : null;
  private lastLineMs = 0;
  private lastActivity = '';

  show(progress: RunProgress): void {
    const { activity, done, total, fraction, rate, secondsLeft } = progress;
    const counts = total > 0 ? `${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : '';
    const speed = rate !== null && rate >= 1 ? ` · ${Math.round(rate)} a second` : '';
    const left = secondsLeft !== null && progress.state === 'running' ? ` · about ${duration(secondsLeft)} left` : '';
    if (this.bar) {
      if (!this.bar.isActive) this.bar.start(100, 0, { activity, counts, left });
      this.bar.update(Math.round(fraction * 100), { activity, counts: counts + speed, left });
      return;
    }
    const nowMs = performance.now();
    if (activity === this.lastActivity && nowMs - this.lastLineMs < LINE_INTERVAL_MS) return;
    this.lastActivity = activity;
    this.lastLineMs = nowMs;
    process.stderr.write(`${Math.round(fraction * 100)} % · ${activity}${counts && ` · ${counts}`}${speed}${left}\n`);
  }

  stop(): void {
    this.bar?.stop();
  }
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${Math.round(seconds / 60)} min`;
}
