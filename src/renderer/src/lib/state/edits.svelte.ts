import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import { AppError } from '@shared/ipc/errors';
import type { GroupSummary } from '@shared/model/group';
import type { HistoryEntry } from '@shared/model/history';
import type { GroupId, JournalId, PhotoId, RunId } from '@shared/model/ids';
import type { PairConflict } from '@shared/model/pair';
import type { ReviewAnswer } from '@shared/model/teach';

import { t } from '../../messages';
import { errorText } from '../error-text';
import { inWords } from '../host-words';
import type { Toasts } from './toasts.svelte';

const NUM_RECENT = 9;

/** Everything the person can change. Each edit ends in a toast with Undo and a refresh of what is shown. */
export class Edits {
  /** Groups that photos went to last, newest first: the keys 1 to 9. */
  recentGroupIds = $state.raw<GroupId[]>([]);

  constructor(
    private readonly client: Client<AppContract>,
    private readonly toasts: Toasts,
    private readonly refresh: () => Promise<void>,
  ) {}

  rename(groupId: GroupId, name: string): Promise<boolean> {
    return this.#edit(t.toast.renamed(name), () => this.client.call('group.rename', { groupId, name }));
  }

  merge(source: GroupSummary, target: GroupSummary): Promise<boolean> {
    return this.#edit(t.toast.merged(target.name ?? source.name), () =>
      this.client.call('group.merge', { sourceId: source.id, targetId: target.id }),
    );
  }

  /** @returns The journal's entry, which the next stop of the same drag goes on with; null where it failed. */
  async setDetail(detail: number, continues: JournalId | null): Promise<JournalId | null> {
    let id: JournalId | null = null;
    await this.#attempt(async () => {
      id = (await this.client.call('group.setDetail', { detail, continues })).entry.id;
      // One word a drag: its Undo takes all of it back.
      if (id !== continues) this.toasts.show(t.toast.detail, { action: this.#undoAction(id) });
    });
    return id;
  }

  setPinned(groupId: GroupId, isPinned: boolean): Promise<boolean> {
    return this.#edit(isPinned ? t.toast.pinned : t.toast.unpinned, () =>
      this.client.call('group.setPinned', { groupId, isPinned }),
    );
  }

  setHidden(groupId: GroupId, isHidden: boolean): Promise<boolean> {
    return this.#edit(isHidden ? t.toast.hidden : t.toast.shown, () =>
      this.client.call('group.setHidden', { groupId, isHidden }),
    );
  }

  setCover(groupId: GroupId, photoId: PhotoId): Promise<boolean> {
    return this.#edit(t.toast.cover, () => this.client.call('group.setCover', { groupId, photoId }));
  }

  async move(photoIds: PhotoId[], target: Pick<GroupSummary, 'id' | 'name'>): Promise<boolean> {
    const isDone = await this.#edit(t.toast.moved(photoIds.length, target.name), () =>
      this.client.call('photo.move', { photoIds, groupId: target.id }),
    );
    if (isDone) this.#remember(target.id);
    return isDone;
  }

  async create(name: string, photoIds: PhotoId[]): Promise<boolean> {
    return this.#edit(t.toast.created(name), async () => {
      const { entry, groupId } = await this.client.call('group.create', { name, photoIds });
      this.#remember(groupId);
      return { entry };
    });
  }

  /** @returns What contradicts it; null when it was done or failed. */
  async together(photoIds: PhotoId[], isForced = false): Promise<PairConflict[] | null> {
    let conflicts: PairConflict[] | null = null;
    await this.#attempt(async () => {
      const said = await this.client.call('photo.together', { photoIds, isForced });
      if (said.entry) {
        this.toasts.show(t.toast.together(photoIds.length, said.numMoved), { action: this.#undoAction(said.entry.id) });
      } else conflicts = said.conflicts;
    });
    return conflicts;
  }

  /** @returns What contradicts it; null when it was done or failed. */
  async apart(photoIds: PhotoId[], leavingIds: PhotoId[] = []): Promise<PairConflict[] | null> {
    let conflicts: PairConflict[] | null = null;
    await this.#attempt(async () => {
      const said = await this.client.call('photo.apart', { photoIds, leavingIds });
      if (said.entry) this.toasts.show(t.toast.apart(said.numLeft), { action: this.#undoAction(said.entry.id) });
      else conflicts = said.conflicts;
    });
    return conflicts;
  }

  /** The first part stays the group. */
  split(groupId: GroupId, parts: { name: string | null; photoIds: PhotoId[] }[]): Promise<boolean> {
    return this.#edit(t.toast.split(parts.length), () => this.client.call('group.split', { groupId, parts }));
  }

  /** An answer to a question of the review queue, by the question's key. @returns Null when it failed. */
  async answer(key: string, answer: ReviewAnswer): Promise<HistoryEntry | null> {
    let written: HistoryEntry | null = null;
    await this.#attempt(async () => {
      const { entry, numSettled } = await this.client.call('question.answer', { key, answer });
      written = entry;
      this.toasts.show(t.toast.answered(answer, numSettled), { action: this.#undoAction(entry.id) });
    });
    return written;
  }

  /** Lets photos follow what was corrected. */
  follow(moves: { groupId: GroupId; photoIds: PhotoId[] }[]): Promise<boolean> {
    return this.#attempt(async () => {
      const { entry, numMoved } = await this.client.call('teach.accept', { moves });
      this.toasts.show(t.toast.followed(numMoved), { action: this.#undoAction(entry.id) });
    });
  }

  remove(photoIds: PhotoId[]): Promise<boolean> {
    return this.#edit(t.toast.removed(photoIds.length), () => this.client.call('photo.remove', { photoIds }));
  }

  confirm(photoIds: PhotoId[]): Promise<boolean> {
    return this.#edit(t.toast.confirmed(photoIds.length), () => this.client.call('photo.confirm', { photoIds }));
  }

  /** Takes names and corrections from a folder; the person hears what came of it. */
  importNames(path: string): Promise<boolean> {
    return this.#attempt(async () => {
      const found = await this.client.call('group.importNames', { path, from: 'auto' });
      const action = found.entry ? this.#undoAction(found.entry.id) : undefined;
      this.toasts.show(t.toast.imported(found), { action });
    });
  }

  /** Takes one thing back though others were done since. */
  revert(entry: HistoryEntry): Promise<boolean> {
    return this.#edit(t.toast.takenBack(inWords(entry.label)), () =>
      this.client.call('history.revert', { entryId: entry.id }),
    );
  }

  acceptRun(): Promise<boolean> {
    return this.#edit(t.toast.accepted, () => this.client.call('run.accept', {}));
  }

  restoreRun(runId: RunId, text: string): Promise<boolean> {
    return this.#edit(text, () => this.client.call('run.restore', { runId }));
  }

  putBack(runId: RunId, groupId: GroupId): Promise<boolean> {
    return this.#edit(t.toast.putBack, () => this.client.call('run.putBack', { runId, groupId }));
  }

  async undo(): Promise<void> {
    await this.#attempt(async () => {
      const { entry } = await this.client.call('history.undo', {});
      if (!entry) this.toasts.show(t.toast.nothingToUndo);
      else {
        const action = { label: t.toast.redo, run: () => void this.redo() };
        this.toasts.show(t.toast.undone(inWords(entry.label)), { action });
      }
    });
  }

  async redo(): Promise<void> {
    await this.#attempt(async () => {
      const { entry } = await this.client.call('history.redo', {});
      if (!entry) this.toasts.show(t.toast.nothingToRedo);
      else this.toasts.show(t.toast.redone(inWords(entry.label)), { action: this.#undoAction(entry.id) });
    });
  }

  /** Puts a group at the front of the recent ones. */
  #remember(groupId: GroupId): void {
    this.recentGroupIds = [groupId, ...this.recentGroupIds.filter((id) => id !== groupId)].slice(0, NUM_RECENT);
  }

  #edit(text: string, act: () => Promise<{ entry: HistoryEntry }>): Promise<boolean> {
    return this.#attempt(async () => {
      const { entry } = await act();
      this.toasts.show(text, { action: this.#undoAction(entry.id) });
    });
  }

  async #attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      await this.refresh();
      return true;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'cancelled')) {
        this.toasts.show(errorText(error), { tone: 'error' });
      }
      return false;
    }
  }

  /** Undo of a message belongs to what the message tells, whatever was done since, here or in another tab. */
  #undoAction(entryId: JournalId): { label: string; run: () => void } {
    return { label: t.toast.undo, run: () => void this.#undoEntry(entryId) };
  }

  async #undoEntry(entryId: JournalId): Promise<void> {
    const { entries } = await this.client.call('history.list', {});
    const entry = entries.find(({ id }) => id === entryId);
    if (entry && entry !== entries.find(({ isUndone }) => !isUndone)) await this.revert(entry);
    else await this.undo();
  }
}
