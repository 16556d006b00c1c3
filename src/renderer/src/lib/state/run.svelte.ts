import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { RunOptions, RunProgress, RunReport } from '@shared/model/run';

/** The run under way or just over, and the latest report. */
export class RunState {
  progress = $state.raw<RunProgress | null>(null);
  report = $state.raw<RunReport | null>(null);
  /** The person closed the line that says how the last run ended. */
  isDismissed = $state(true);
  readonly isActive = $derived(this.progress?.state === 'running' || this.progress?.state === 'paused');
  readonly isRunning = $derived(this.progress?.state === 'running');

  constructor(private readonly client: Client<AppContract>) {}

  update(progress: RunProgress | null): void {
    // Events and the answer of `pipeline.status` may cross; progress never goes back within a run.
    const old = this.progress;
    const isSameRun = old !== null && progress !== null && old.runId === progress.runId;
    if (isSameRun && old.state === 'running' && progress.state === 'running' && progress.fraction < old.fraction)
      return;
    this.progress = progress;
    if (progress && progress.state !== 'done') this.isDismissed = false;
  }

  async load(): Promise<void> {
    const [progress, report] = await Promise.all([
      this.client.call('pipeline.status', {}),
      this.client.call('run.report', { runId: null }),
    ]);
    this.update(progress);
    this.report = report;
  }

  async loadReport(): Promise<void> {
    this.report = await this.client.call('run.report', { runId: null });
  }

  async start(options: Partial<RunOptions> = {}): Promise<void> {
    await this.client.call('pipeline.start', { options });
    this.isDismissed = false;
    this.update(await this.client.call('pipeline.status', {}));
  }

  async pause(): Promise<void> {
    await this.client.call('pipeline.pause', {});
    this.update(await this.client.call('pipeline.status', {}));
  }

  async cancel(): Promise<void> {
    await this.client.call('pipeline.cancel', {});
    this.update(await this.client.call('pipeline.status', {}));
  }

  clear(): void {
    this.progress = null;
    this.report = null;
    this.isDismissed = true;
  }
}
