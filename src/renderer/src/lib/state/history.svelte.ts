import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { History } from '@shared/model/history';

/** What the person did, newest first. */
export class HistoryState {
  history = $state.raw<History>({ entries: [], canUndo: false, canRedo: false });

  constructor(private readonly client: Client<AppContract>) {}

  async load(): Promise<void> {
    this.history = await this.client.call('history.list', {});
  }

  /** What Undo would take back. */
  get undoLabel(): string | null {
    return this.history.entries.find((entry) => !entry.isUndone)?.label ?? null;
  }

  clear(): void {
    this.history = { entries: [], canUndo: false, canRedo: false };
  }
}
