import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { KeptRun, RunDiff } from '@shared/model/run-diff';

/** What the newest run changed, and the runs whose groups can be shown again. */
export class ChangesState {
  diff = $state.raw<RunDiff | null>(null);
  runs = $state.raw<KeptRun[]>([]);
  isLoaded = $state(false);
  /** The screen that shows them is open: they follow every edit. */
  isWatched = false;
  /** The newest run moved photos, and the person has not said yet whether that is right. */
  readonly isOpen = $derived(this.diff?.decision === 'open' && this.diff.numMoved > 0);

  constructor(private readonly client: Client<AppContract>) {}

  async load(): Promise<void> {
    const [diff, runs] = await Promise.all([
      this.client.call('run.diff', { runId: null }),
      this.client.call('run.list', {}),
    ]);
    this.diff = diff;
    this.runs = runs;
    this.isLoaded = true;
  }

  /** After an edit: comparing two runs is work for the host, so only where somebody looks. */
  async refresh(): Promise<void> {
    if (this.isWatched || this.isOpen) await this.load();
  }

  clear(): void {
    this.diff = null;
    this.runs = [];
    this.isLoaded = false;
  }
}
