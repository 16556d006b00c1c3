/* eslint-disable svelte/prefer-svelte-reactivity -- The reasons are replaced whole. */
import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { History, HistoryEntry } from '@shared/model/history';

import { inWords } from '../host-words';

/** Entries that are looked at ahead; of older ones the attempt tells. */
const NUM_CHECKED = 50;

/** What the person did, newest first. */
export class HistoryState {
  history = $state.raw<History>({ entries: [], canUndo: false, canRedo: false });

  /** Why entries cannot be taken back by themselves; those that can, or were not looked at, are not in it. */
  reasonById = $state.raw<ReadonlyMap<HistoryEntry['id'], string>>(new Map());

  constructor(private readonly client: Client<AppContract>) {}

  async load(): Promise<void> {
    this.history = await this.client.call('history.list', {});
  }

  /** Finds out which of the newest entries can be taken back by themselves. */
  async loadReasons(): Promise<void> {
    const entryIds = this.history.entries.filter((entry) => !entry.isUndone).slice(0, NUM_CHECKED);
    const found = await this.client.call('history.revertible', { entryIds: entryIds.map((entry) => entry.id) });
    this.reasonById = new Map(found.flatMap(({ id, reason }) => (reason === null ? [] : [[id, reason]])));
  }

  /** What Undo would take back. */
  get undoLabel(): string | null {
    const entry = this.history.entries.find(({ isUndone }) => !isUndone);
    return entry ? inWords(entry.label) : null;
  }

  clear(): void {
    this.history = { entries: [], canUndo: false, canRedo: false };
  }
}
