import { AppError } from '@shared/ipc/errors';
import type { HistoryEntry } from '@shared/model/history';

import { EditBase, photos, quoted } from './edit-base';

/** What the person makes of a run's result: keep it, show an earlier one, or put one group back as it was. */
export class RunEdits extends EditBase {
  /** Keeps what the newest run changed. */
  accept(): HistoryEntry {
    return this.choose(this.newest(), 'Kept what the newest run changed');
  }

  /** Shows the groups of a run that is kept. What the person did stays laid over them. */
  restore(runId: number): HistoryEntry {
    const run = this.store.runHistory.kept().find((kept) => kept.id === runId);
    if (!run) throw new AppError('not-found', 'The groups of that run are not kept any more.');
    if (run.isShown) throw new AppError('failed-precondition', 'The groups of that run are shown already.');
    const day = run.startedAt.slice(0, 16).replace('T', ' ');
    return this.choose(runId, run.isNewest ? 'Went back to the newest run' : `Went back to the groups of ${day}`);
  }

  /** Undoes what a run changed in one group: what left it comes back, what came to it goes where it was. */
  putBack(runId: number, groupId: string): HistoryEntry {
    const diff = this.store.runHistory.diff(runId);
    if (!diff || this.store.placements.shownRun() !== runId) {
      throw new AppError('failed-precondition', 'Another run is shown by now.');
    }
    const moves = this.store.runHistory
      .moves(runId, diff.baseRunId)
      .filter((move) => move.before === groupId || move.after === groupId);
    if (moves.length === 0) throw new AppError('failed-precondition', 'There is nothing to put back in this group.');
    const group = this.group(groupId);
    return this.record(`Put ${photos(moves.length)} of ${quoted(group)} back`, (rows) => {
      for (const { photoId, before } of moves) {
        if (before !== null) this.place(rows, photoId, before);
        else rows.put('overrides', { photo_id: photoId, group_id: null, created_at: new Date().toISOString() });
      }
    });
  }

  private choose(runId: number, label: string): HistoryEntry {
    const row = { newest_run_id: this.newest(), run_id: runId, created_at: new Date().toISOString() };
    return this.record(label, (rows) => rows.put('run_choices', row));
  }

  private newest(): number {
    const newest = this.store.placements.newestRun();
    if (newest === null) throw new AppError('failed-precondition', 'No run has made groups yet.');
    return newest;
  }
}
