import { join } from 'node:path';

import { AppError } from '@shared/ipc/errors';
import type { ExportOptions, ExportPlan, ExportProgress, ExportReport, ExportState } from '@shared/model/export';
import type { ExportId } from '@shared/model/ids';

import { exportReport, listExports } from '../export/export-report';
import type { ExportItem } from '../export/export-item';
import { planExport } from '../export/plan-export';
import { resumeExport } from '../export/resume-export';
import { runExport } from '../export/run-export';
import { exportFolderNames } from '../export/safe-names';
import { undoExport } from '../export/undo-export';
import type { Store } from '../store/store';

const UNSORTED = 'Unsorted';
const UNSURE = 'Unsure';

/** Exports of one library: what goes where, and the one that is being written. */
export class LibraryExports {
  private running: { exportId: number; abort: AbortController; ended: Promise<unknown> } | null = null;

  constructor(
    private readonly store: Store,
    private readonly onProgress: (progress: ExportProgress) => void,
  ) {}

  plan(options: ExportOptions, signal?: AbortSignal): Promise<ExportPlan> {
    return planExport({
      db: this.store.db,
      libraryFolders: this.folders(),
      items: this.items(options),
      options,
      numUngrouped: options.unsorted ? 0 : this.store.memberships.list(0).unsorted.numPhotos,
      signal,
    });
  }

  /**
   * Writes a planned export. Rejects when it could not start or was cancelled; single files that fail are in the report.
   *
   * @param onStarted Called when nothing is in the way any more and writing begins.
   */
  start(exportId: number, isConfirmed: boolean, onStarted?: () => void): Promise<ExportReport> {
    return this.track(
      exportId,
      (signal, onProgress) =>
        runExport({
          db: this.store.db,
          exportId,
          libraryFolders: this.folders(),
          confirmed: isConfirmed,
          signal,
          onProgress,
        }),
      onStarted,
    );
  }

  /** Goes on with an export that a crash or a cancel interrupted. */
  resume(exportId: number, onStarted?: () => void): Promise<ExportReport> {
    return this.track(
      exportId,
      (signal, onProgress) =>
        resumeExport({ db: this.store.db, exportId, libraryFolders: this.folders(), signal, onProgress }),
      onStarted,
    );
  }

  undo(exportId: number): Promise<ExportReport> {
    return this.track(exportId, (signal, onProgress) =>
      undoExport({ db: this.store.db, exportId, signal, onProgress }),
    );
  }

  cancel(exportId: number): void {
    if (this.running?.exportId === exportId) this.running.abort.abort(new AppError('cancelled', 'Cancelled.'));
  }

  report(exportId: number): ExportReport {
    return exportReport(this.store.db, exportId);
  }

  list(): ExportReport[] {
    return listExports(this.store.db);
  }

  /** Stops what is being written at the next file; it can be resumed. */
  async close(): Promise<void> {
    this.running?.abort.abort(new AppError('cancelled', 'Cancelled.'));
    await this.running?.ended;
  }

  /** Runs one export at a time, and tells how it ended: who listens need not ask. */
  private async track(
    exportId: number,
    run: (signal: AbortSignal, onProgress: (progress: ExportProgress) => void) => Promise<ExportReport>,
    onStarted?: () => void,
  ): Promise<ExportReport> {
    if (this.running) throw new AppError('failed-precondition', 'Another export is being written.');
    const total = this.report(exportId).numPlanned;
    let last: ExportProgress = { id: exportId as ExportId, state: 'running', done: 0, total, bytesWritten: 0 };
    const abort = new AbortController();
    const result = run(abort.signal, (progress) => {
      last = progress;
      onStarted?.();
      this.onProgress(progress);
    });
    this.running = { exportId, abort, ended: result.catch(() => undefined) };
    try {
      return await result;
    } finally {
      this.running = null;
      const state = endState(this.report(exportId).state);
      this.onProgress({ ...last, state, done: state === 'done' || state === 'undone' ? last.total : last.done });
    }
  }

  private folders(): string[] {
    return this.store.library.folders().map((folder) => folder.path);
  }

  /** Every shown photo that the options want, with the folder it goes to. */
  private items(options: ExportOptions): ExportItem[] {
    const groups = this.store.memberships.list(0).groups.filter((group) => !group.isHidden);
    const folderById = exportFolderNames(
      groups.map(({ id, name }) => ({ id, name: name ?? `Group ${this.numberOf(id)}` })),
    );
    const isNamed = new Set(groups.filter((group) => group.name !== null).map((group) => group.id as string));
    return this.rows().flatMap((row) => {
      const folder = this.folderOf(row, folderById, isNamed, options);
      if (folder === null) return [];
      const { photo_id: photoId, root, path, size_bytes: sizeBytes, content_hash: contentHash } = row;
      return {
        photoId,
        source: join(root, path),
        path,
        folder,
        sizeBytes,
        contentHash,
        takenAt: row.taken_at,
        mtimeMs: row.mtime_ms,
      };
    });
  }

  private folderOf(
    row: ItemRow,
    folderById: ReadonlyMap<string, string>,
    isNamed: ReadonlySet<string>,
    options: ExportOptions,
  ): string | null {
    if (row.group_id === null) return options.unsorted ? UNSORTED : null;
    const folder = folderById.get(row.group_id);
    if (folder === undefined || (options.namedOnly && !isNamed.has(row.group_id))) return null;
    if (row.confidence >= 0.5 || options.unsure === 'with-group') return folder;
    return options.unsure === 'own-folder' ? UNSURE : null;
  }

  /** An unnamed group's number never changes, so a second export finds its folder again. */
  private numberOf(groupId: string): number {
    return this.store.db.prepare<[string], { n: number }>('SELECT rowid AS n FROM groups WHERE id = ?').get(groupId)!.n;
  }

  private rows(): ItemRow[] {
    return this.store.db
      .prepare<[], ItemRow>(
        `SELECT m.photo_id, m.group_id, m.confidence, f.path AS root, p.path, p.size_bytes, p.content_hash, p.taken_at, p.mtime_ms
         FROM memberships m JOIN photos p ON p.id = m.photo_id JOIN folders f ON f.id = p.folder_id
         ORDER BY m.photo_id`,
      )
      .all();
  }
}

interface ItemRow {
  photo_id: number;
  group_id: string | null;
  confidence: number;
  root: string;
  path: string;
  size_bytes: number;
  content_hash: string;
  taken_at: string | null;
  mtime_ms: number;
}

/** What an export that has ended is told to be: never under way. */
function endState(state: ExportState): ExportState {
  if (state === 'planned') return 'failed';
  return state === 'running' || state === 'undoing' ? 'interrupted' : state;
}
