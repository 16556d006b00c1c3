import { basename } from 'node:path';

import { AppError, asExpected } from '@shared/ipc/errors';
import type { ExportProgress } from '@shared/model/export';
import type { LibraryId, RunId } from '@shared/model/ids';
import type { NamesImport, NamesSource } from '@shared/model/group';
import type { LibraryStatus, OriginalsProof } from '@shared/model/library';
import { RunOptions, type RunProgress } from '@shared/model/run';

import { proveOriginals } from '../export/prove-originals';
import type { SplitRequest } from '../groups/plan-split';
import { type SplitPlan, SplitThread } from '../groups/split-thread';
import { describeError } from '../log';
import type { WorkerHandle } from '../processes/fork-worker';
import { PipelineProcess, type RunEnd } from './pipeline-process';
import { countNewCorrections } from '../store/corrections';
import { refuseLostDatabase } from '../store/find-damage';
import { openStore, type Store } from '../store/store';
import { InlineTasks, TaskThreads } from './tasks/task-threads';
import { TeachThread } from '../teach/teach-thread';
import { importNames } from '../groups/import-names';
import { LibraryExports } from './library-exports';
import { databaseFile, libraryIdOf, realFolder } from '../library-paths';
import { LibraryWatch } from '../watch/library-watch';
import { findMovedFolder } from './moved-folder';
import { relinkFolder } from './relink-folder';
import { SafetyKeeper } from './safety-keeper';

export interface LibraryListeners {
  onProgress: (progress: RunProgress) => void;
  onChanged: (revision: number) => void;
  onExportProgress: (progress: ExportProgress) => void;
  onLog: (level: 'info' | 'warn' | 'error', message: string) => void;
}

export interface OpenLibraryOptions extends LibraryListeners {
  libraryDir: string;
  /** Photo folders to add to those the library already has. */
  folders: readonly string[];
  spawnWorker: () => WorkerHandle;
  trunksDirs: readonly string[];
  /** The program of the threads that read and edit; without it that happens here. */
  taskScript?: () => string;
  splitScript?: () => string;
  teachScript?: () => string;
}

/** One open library: its store, the person's edits, and at most one run. */
export class OpenLibrary {
  readonly id: LibraryId;
  readonly dir: string;
  readonly store: Store;
  /** Reads and edits, beside the host. */
  readonly tasks: Pick<TaskThreads, 'ask' | 'close'>;
  readonly exports: LibraryExports;
  private readonly safety: SafetyKeeper;
  private splits: SplitThread | null = null;
  private teachThread: TeachThread | null = null;
  private readonly pipeline: PipelineProcess;
  private run: Promise<RunEnd> | null = null;
  private watcher: LibraryWatch | null = null;
  /** Files came while a run was under way. */
  private hasNewFiles = false;

  /** @throws {AppError} When a folder is not there, or the database is lost, damaged or a newer one. */
  constructor(private readonly options: OpenLibraryOptions) {
    const folders = options.folders.map(realFolder);
    this.dir = options.libraryDir;
    this.id = libraryIdOf(this.dir) as LibraryId;
    refuseLostDatabase(databaseFile(this.dir));
    this.store = openStore(databaseFile(this.dir));
    const { taskScript } = options;
    this.tasks = taskScript ? new TaskThreads(taskScript(), databaseFile(this.dir)) : new InlineTasks(this.store);
    this.safety = new SafetyKeeper(
      // The good copies are not to be pushed out.
      async () => (this.isDamaged ? null : this.tasks.ask('library.keepSafe', undefined)),
      (message) => options.onLog('error', message),
    );
    this.exports = new LibraryExports(this.store, options.onExportProgress);
    for (const folder of folders) this.addFolder(folder);
    this.pipeline = new PipelineProcess({
      spawn: options.spawnWorker,
      libraryDir: this.dir,
      trunksDirs: options.trunksDirs,
      onProgress: options.onProgress,
      onChanged: options.onChanged,
      onLog: options.onLog,
      onCrashWhileReading: (photoIds) => {
        for (const photoId of photoIds) this.store.photos.countCrash(photoId);
      },
    });
  }

  /** A folder that was renamed, or whose drive is mounted elsewhere, is the same folder. */
  private addFolder(path: string): void {
    const moved = findMovedFolder(this.store, path);
    if (moved) this.store.library.relinkFolder(moved.id, path);
    else this.store.library.setOffline(this.store.library.addFolder(path), false);
  }

  /** Keeps an eye on the folders from now on: whether they are there, and what is new in them. */
  async watch(): Promise<void> {
    this.watcher ??= new LibraryWatch({
      store: this.store,
      onPresence: () => {
        this.options.onChanged(this.store.library.bumpRevision());
        // What could not be read while a folder was away is read when it is back.
        if (this.store.library.isWatching && this.store.photos.toRead().length > 0) this.onNewFiles(0);
      },
      onNewFiles: (count) => this.onNewFiles(count),
      onLog: (message) => this.options.onLog('warn', message),
    });
    await this.watcher.check();
    void this.lookForDamage();
  }

  /** Damage is told as soon as it is found, beside everything else. */
  private async lookForDamage(): Promise<void> {
    try {
      const damage = await this.tasks.ask('library.findDamage', undefined);
      if (damage === null) return;
      this.options.onLog('error', `The library ${this.dir} is damaged: ${damage}`);
      this.isDamaged = true;
      this.options.onChanged(this.store.library.bumpRevision());
    } catch (error) {
      if (!this.isClosed) this.options.onLog('error', `The library could not be checked: ${describeError(error)}`);
    }
  }

  private isDamaged = false;

  /** New photos are noticed by themselves, or only when the person asks. */
  async setWatching(isWatching: boolean): Promise<void> {
    this.store.library.setWatching(isWatching);
    await this.watcher?.check();
    this.options.onChanged(this.store.library.bumpRevision());
  }

  /** A folder of the library is somewhere else now. */
  async relink(request: { folderId: number; path: string }, signal?: AbortSignal): Promise<void> {
    if (this.run) throw new AppError('failed-precondition', 'Kindred is still learning from this library.');
    await relinkFolder(this.store, request, signal);
    await this.watcher?.check();
    this.options.onChanged(this.store.library.bumpRevision());
  }

  /** Starts a run in the background, or takes up the one that was interrupted. */
  startRun(options: Partial<RunOptions>): RunId {
    if (this.run) throw new AppError('failed-precondition', 'Kindred is still learning from this library.');
    // Without a word about the detail, the slider stays where the person left it.
    const {
      seed = this.store.library.seed,
      trunk = this.store.library.trunk,
      detail = this.store.trees.current()?.detail,
      relearn = this.store.runs.interrupted()?.relearn,
      ...rest
    } = options;
    const wanted = RunOptions.parse({
      ...{ ...rest, seed, trunk },
      ...(detail === undefined ? {} : { detail }),
      ...(relearn === undefined ? {} : { relearn }),
    });
    this.store.library.setSeed(wanted.seed);
    if (wanted.trunk !== null) this.store.library.setTrunk(wanted.trunk);
    const runId = (this.store.runs.unfinished(wanted) ?? this.store.runs.create(wanted)) as RunId;
    this.store.runs.setState(runId, 'running');
    this.run = this.pipeline.run(runId).then((end) => {
      this.run = null;
      return this.isClosed ? end : this.noteEnd(runId, end);
    });
    return runId;
  }

  private noteEnd(runId: RunId, end: RunEnd): RunEnd {
    try {
      this.safety.note();
      this.store.runs.setState(runId, end.state);
      if (end.state === 'done' && this.hasNewFiles) setImmediate(() => this.isClosed || this.onNewFiles(1));
      this.options.onChanged(this.store.library.bumpRevision());
      return end;
    } catch (thrown) {
      // Nobody may be waiting for this run: a full disk must not bring the program down.
      const error = asExpected(thrown);
      this.options.onLog('error', describeError(error));
      return { state: 'failed', message: error instanceof AppError ? error.message : end.message };
    }
  }

  get isRunning(): boolean {
    return this.run !== null;
  }

  /** A run was under way when the library was last open, and nobody paused it: its program was killed. */
  get wasRunning(): boolean {
    return this.store.runs.latestState() === 'running' && !this.run;
  }

  /** Resolves when the current run is over; null when none is under way. */
  async waitForRun(): Promise<RunEnd | null> {
    return this.run;
  }

  stopRun(state: 'paused' | 'cancelled'): void {
    this.pipeline.stop(state);
  }

  /** Half the time on one core, or as fast as the machine can: at once, and for later runs. */
  setGentle(isGentle: boolean): void {
    this.store.library.setGentle(isGentle);
    this.pipeline.setGentle(isGentle);
    this.options.onChanged(this.store.library.bumpRevision());
  }

  get progress(): RunProgress | null {
    return this.pipeline.progress;
  }

  /** Tells everyone that something the person sees has changed. */
  changed(): void {
    this.safety.note();
    if (!this.isClosed) this.options.onChanged(this.store.library.revision);
  }

  status(): LibraryStatus {
    const folders = this.store.library.folders();
    return {
      id: this.id,
      name: folders.map((folder) => basename(folder.path)).join(', '),
      folders: folders.map((folder) => ({
        id: folder.id as LibraryStatus['folders'][number]['id'],
        path: folder.path,
        isOffline: folder.is_offline === 1,
      })),
      photos: { ...this.store.photos.counts(), leftOut: this.store.library.numLeftOut },
      run: this.progress,
      isWatching: this.store.library.isWatching,
      isGentle: this.store.library.isGentle,
      isDamaged: this.isDamaged,
      trunk: this.store.library.trunk,
      numNewCorrections: countNewCorrections(this.store.db),
    };
  }

  /** What corrections teach: see ../teach/teach.ts. */
  teacher(): TeachThread {
    const { teachScript } = this.options;
    if (!teachScript) throw new AppError('failed-precondition', 'Corrections cannot teach here.');
    return (this.teachThread ??= new TeachThread(teachScript(), databaseFile(this.dir)));
  }

  /** How a group would come apart: see ../groups/plan-split.ts. */
  planSplit(request: SplitRequest, signal?: AbortSignal): Promise<SplitPlan> {
    const { splitScript } = this.options;
    if (!splitScript) throw new AppError('failed-precondition', 'Groups cannot be split here.');
    this.splits ??= new SplitThread(splitScript(), databaseFile(this.dir));
    return this.splits.plan(request, signal);
  }

  /** Takes names and corrections from a folder that was exported or keyworded. See [Note: Names come back]. */
  importNames(folder: string, options: { from: NamesSource; signal?: AbortSignal }): Promise<NamesImport> {
    return importNames(this.store, (names) => this.tasks.ask('names.record', names), folder, options);
  }

  /** Compares every original with what was known when it was indexed. */
  proveOriginals(options: {
    signal?: AbortSignal;
    onProgress?: (numChecked: number, numTotal: number) => void;
  }): Promise<OriginalsProof> {
    return proveOriginals(this.store.photos.originals(), options);
  }

  /** Pauses a run, waits for it, and closes the store. */
  async close(): Promise<void> {
    this.watcher?.close();
    this.stopRun('paused');
    await Promise.all([...[this.run, this.exports.close(), this.splits?.close(), this.teachThread?.close()]]);
    await this.safety.close();
    await this.tasks.close();
    this.isClosed = true;
    this.store.close();
  }

  private isClosed = false;

  /** New photos are taken in by a run of their own; those that come during a run, after it. A run that the person paused stays so. */
  private onNewFiles(count: number): void {
    this.hasNewFiles = this.run !== null;
    if (this.run || this.progress?.state === 'paused') return;
    this.options.onLog('info', `${count} new files have settled; taking them in.`);
    this.startRun({});
  }
}
