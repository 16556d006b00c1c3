/* eslint-disable svelte/prefer-svelte-reactivity -- Nobody watches who is registered. */
import { getContext, setContext } from 'svelte';

import { type Client, createClient } from '@shared/ipc/client';
import { type AppContract, contract } from '@shared/ipc/contract';
import type { FolderStatus, RecentLibrary } from '@shared/model/library';
import { DEFAULT_TRUNK, inFormOf, QUICK_TRUNK, type RunOptions } from '@shared/model/run';

import { t } from '../../messages';
import { errorText } from '../error-text';
import type { Connection, ConnectionState } from '../transport/connection';
import { ChangesState } from './changes.svelte';
import { DetailState } from './detail.svelte';
import { Dialogs } from './dialogs.svelte';
import { Edits } from './edits.svelte';
import { ExportState } from './export.svelte';
import { Followers } from './followers.svelte';
import { GroupsState } from './groups.svelte';
import { HistoryState } from './history.svelte';
import { LibraryState } from './library.svelte';
import type { PlaceView } from './place-view.svelte';
import { PhotoSearch } from './photo-search.svelte';
import { Preferences } from './preferences.svelte';
import { Router } from './router.svelte';
import { RunState } from './run.svelte';
import { ThemeState } from './theme.svelte';
import { Toasts } from './toasts.svelte';

/** Changes closer together than this are fetched once: a run can announce ten a second. */
const REFRESH_MS = 250;

/** What shows photos, and fetches them again when something changed. */
export interface Refreshable {
  refresh: () => Promise<void>;
}

/** The whole state of the window, wired to one client. */
export class AppState {
  readonly client: Client<AppContract>;
  readonly toasts = new Toasts();
  readonly dialogs = new Dialogs();
  readonly router = new Router();
  readonly theme = new ThemeState();
  readonly preferences = new Preferences();
  readonly library: LibraryState;
  readonly groups: GroupsState;
  readonly detail: DetailState;
  readonly run: RunState;
  readonly history: HistoryState;
  readonly changes: ChangesState;
  readonly edits: Edits;
  readonly followers: Followers;
  readonly photoSearch: PhotoSearch;
  readonly exports: ExportState;
  connection = $state<ConnectionState>('connecting');
  /** The first answers of the host are here: either the welcome screen or a library is shown. */
  isReady = $state(false);
  /** A folder is being opened. */
  isOpening = $state(false);
  /** The place whose photos are on screen. */
  view = $state.raw<PlaceView | null>(null);
  /** Photos on screen, told when something changed. */
  readonly #photos = new Set<Refreshable>();
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #refreshing: Promise<void> | null = null;

  /** There are groups, so there may be questions about them. */
  get canReview(): boolean {
    return this.groups.list.groups.length > 0;
  }

  constructor(connection: Connection) {
    this.client = createClient(contract, connection);
    this.library = new LibraryState(this.client);
    this.groups = new GroupsState(this.client);
    this.run = new RunState(this.client);
    this.history = new HistoryState(this.client);
    this.changes = new ChangesState(this.client);
    this.followers = new Followers(this.client);
    this.photoSearch = new PhotoSearch(this.client);
    this.edits = new Edits(this.client, this.toasts, async () => {
      await this.refreshNow();
      void this.followers.check();
    });
    this.detail = new DetailState(this.client, (detail, continues) => this.edits.setDetail(detail, continues));
    this.exports = new ExportState(this.client, this.toasts, this.preferences);
    this.client.on('library.changed', () => this.#refreshSoon());
    this.client.on('pipeline.progress', (progress) => void this.#onProgress(progress));
    this.client.on('export.progress', (progress) => void this.exports.update(progress));
    this.client.on('library.wanted', () => void this.openWanted());
    connection.onState((state) => {
      const wasLost = this.connection === 'lost';
      this.connection = state;
      if (state === 'open') void this.attempt(() => (wasLost ? this.#reload() : this.#start()));
    });
  }

  /** Runs something that may fail, and says so. */
  async attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      return true;
    } catch (error) {
      this.toasts.show(errorText(error), { tone: 'error' });
      return false;
    }
  }

  /** Opens the native folder dialog, or the one of the page. */
  async chooseLibrary(hint?: string): Promise<void> {
    if (this.library.capabilities?.canPickFolder) {
      const { path } = await this.client.call('folder.pick', { title: t.chooser.title });
      if (path !== null) await this.open({ path });
      return;
    }
    this.dialogs.open({
      kind: 'chooser',
      purpose: 'library',
      hint,
      onChoose: (path) => void this.open({ path }).then((isOpen) => isOpen && this.dialogs.close()),
    });
  }

  /** Asks for a folder that Kindred exported, or that other programs put keywords into, and takes its names. */
  async chooseNames(): Promise<void> {
    if (this.library.capabilities?.canPickFolder) {
      const { path } = await this.client.call('folder.pick', { title: t.chooser.namesTitle });
      if (path !== null) await this.edits.importNames(path);
      return;
    }
    this.dialogs.open({
      kind: 'chooser',
      purpose: 'names',
      hint: t.chooser.namesHint,
      onChoose: (path) => void this.edits.importNames(path).then((isDone) => isDone && this.dialogs.close()),
    });
  }

  /** Asks where an offline folder is now. */
  async chooseRelink(folder: FolderStatus): Promise<void> {
    const relink = (path: string): Promise<boolean> =>
      this.attempt(async () => {
        await this.library.relink(folder.id, path);
        this.toasts.show(t.relinked);
      });
    if (this.library.capabilities?.canPickFolder) {
      const { path } = await this.client.call('folder.pick', { title: t.chooser.movedTitle });
      if (path !== null) await relink(path);
      return;
    }
    this.dialogs.open({
      kind: 'chooser',
      purpose: 'moved',
      hint: t.relinkHint(folder.path),
      onChoose: (path) => void relink(path).then((isDone) => isDone && this.dialogs.close()),
    });
  }

  /** Opens a library and starts its first run, or takes up the one that was interrupted. @returns Whether it is open. */
  async open(how: { path: string } | { recent: RecentLibrary }): Promise<boolean> {
    this.isOpening = true;
    const isOpen = await this.attempt(async () => {
      await this.library.open(how);
      this.#clear();
      this.router.go({ name: 'groups' });
      await this.#loadLibrary();
      const wasInterrupted = this.run.report?.state === 'running' || this.run.report?.state === 'paused';
      if (!this.run.progress && (!this.run.report || wasInterrupted)) await this.run.start();
    });
    this.isOpening = false;
    return isOpen;
  }

  /** Opens what the person asked for from outside the page: on the command line, with a second start. */
  async openWanted(): Promise<void> {
    this.isOpening = true;
    await this.attempt(async () => {
      if (!(await this.library.openWanted())) return;
      this.#clear();
      this.router.go({ name: 'groups' });
      await this.#loadLibrary();
    });
    this.isOpening = false;
  }

  async closeLibrary(): Promise<void> {
    await this.attempt(() => this.library.close());
    this.router.go({ name: 'groups' });
    this.#clear();
  }

  startRun(options: Partial<RunOptions> = {}): Promise<boolean> {
    return this.attempt(() => this.run.start(options));
  }

  /** Asks, then learns anew with everything that was said so far. */
  askRelearn(): void {
    const count = this.library.numNewCorrections;
    this.dialogs.ask({
      title: t.relearn.title,
      text: t.relearn.text(count),
      confirm: t.relearn.confirm,
      onConfirm: () => void this.startRun({ relearn: true }),
    });
  }

  /** Asks, then looks at all photos again with the larger network, or with the quicker one where that is in use. */
  askLook(): void {
    const look = this.library.looksCloser ? t.look.quickly : t.look.closer;
    const other = this.library.looksCloser ? QUICK_TRUNK : DEFAULT_TRUNK;
    const trunk = inFormOf(this.library.status?.trunk ?? null, other);
    const onConfirm = (): void => void this.startRun({ trunk });
    this.dialogs.ask({ title: look.title, text: `${look.text} ${t.look.kept}`, confirm: look.confirm, onConfirm });
  }

  register(photos: Refreshable): () => void {
    this.#photos.add(photos);
    return () => this.#photos.delete(photos);
  }

  /** Fetches again everything that is shown. */
  async refreshNow(): Promise<void> {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = undefined;
    // One refresh at a time; a change during it asks for another.
    while (this.#refreshing) await this.#refreshing;
    this.#refreshing = Promise.all([
      this.library.refresh(),
      this.groups.load(),
      this.detail.load(),
      this.history.load(),
      this.changes.refresh(),
      ...[...this.#photos].map((photos) => photos.refresh()),
    ])
      .then(() => undefined)
      .finally(() => (this.#refreshing = null));
    await this.#refreshing;
  }

  #refreshSoon(): void {
    this.#refreshTimer ??= setTimeout(() => {
      if (this.library.status) void this.refreshNow().catch(() => undefined);
    }, REFRESH_MS);
  }

  async #start(): Promise<void> {
    await this.attempt(async () => void (await this.library.openWanted()));
    await this.library.load();
    if (this.library.status) await this.#loadLibrary();
    this.isReady = true;
  }

  async #reload(): Promise<void> {
    await this.#start();
    if (this.library.status) await this.refreshNow();
  }

  async #loadLibrary(): Promise<void> {
    await Promise.all([
      this.groups.load(),
      this.detail.load(),
      this.run.load(),
      this.history.load(),
      this.changes.load(),
    ]);
  }

  async #onProgress(progress: NonNullable<RunState['progress']>): Promise<void> {
    const wasOver = this.run.progress?.state === progress.state && progress.state !== 'running';
    this.run.update(progress);
    if (progress.state === 'running' || wasOver) return;
    await Promise.all([this.run.loadReport(), this.changes.load()]).catch(() => undefined);
    // What followed from corrections before this run may not any more.
    if (progress.state === 'done') void this.followers.check();
    this.#refreshSoon();
  }

  #clear(): void {
    this.groups.clear();
    this.detail.clear();
    this.run.clear();
    this.history.clear();
    this.changes.clear();
    this.exports.clear();
    this.followers.clear();
    this.router.scrollByHash.clear();
  }
}

const KEY = Symbol('app');

export function provideApp(app: AppState): void {
  setContext(KEY, app);
}

/** The window's state, from any component under `App`. */
export function getApp(): AppState {
  return getContext<AppState>(KEY);
}
