import type { Client } from '@shared/ipc/client';
import type { Output } from '@shared/ipc/define';
import type { AppContract } from '@shared/ipc/contract';
import type { FolderId } from '@shared/model/ids';
import type { LibraryStatus, RecentLibrary } from '@shared/model/library';
import { DEFAULT_TRUNK, inFormOf } from '@shared/model/run';

export type Capabilities = Output<AppContract, 'app.capabilities'>;

/** The opened library, and what this door can do. */
export class LibraryState {
  /** Null shows the welcome screen. */
  status = $state.raw<LibraryStatus | null>(null);
  recent = $state.raw<RecentLibrary[]>([]);
  capabilities = $state.raw<Capabilities | null>(null);
  /** A library of no folder (made with `--library` alone) has nothing to show yet: the welcome screen gives it one. */
  readonly isOpen = $derived(this.status !== null && this.status.folders.length > 0);
  readonly offlineFolders = $derived(this.status?.folders.filter((folder) => folder.isOffline) ?? []);

  /** Runs look at photos with the larger network. */
  get looksCloser(): boolean {
    const trunk = this.status?.trunk ?? null;
    return trunk !== null && trunk === inFormOf(trunk, DEFAULT_TRUNK);
  }

  /** What the person corrected since Kindred last learned. */
  get numNewCorrections(): number {
    return this.status?.numNewCorrections ?? 0;
  }

  constructor(private readonly client: Client<AppContract>) {}

  async load(): Promise<void> {
    const [capabilities, status, recent] = await Promise.all([
      this.client.call('app.capabilities', {}),
      this.client.call('library.status', {}),
      this.client.call('library.recent', {}),
    ]);
    this.capabilities = capabilities;
    this.status = status;
    this.recent = recent;
  }

  async refresh(): Promise<void> {
    this.status = await this.client.call('library.status', {});
  }

  async open(how: { path: string } | { recent: RecentLibrary }): Promise<void> {
    this.status =
      'path' in how
        ? await this.client.call('library.open', { path: how.path })
        : await this.client.call('library.reopen', { libraryId: how.recent.id });
  }

  /** @returns Whether there was anything to open. */
  async openWanted(): Promise<boolean> {
    const status = await this.client.call('library.openWanted', {});
    this.status = status ?? this.status;
    return status !== null;
  }

  async relink(folderId: FolderId, path: string): Promise<void> {
    this.status = await this.client.call('library.relink', { folderId, path });
  }

  async setWatching(isWatching: boolean): Promise<void> {
    await this.client.call('library.setWatching', { isWatching });
    await this.refresh();
  }

  async setGentle(isGentle: boolean): Promise<void> {
    await this.client.call('pipeline.setGentle', { isGentle });
    await this.refresh();
  }

  async close(): Promise<void> {
    await this.client.call('library.close', {});
    this.status = null;
    this.recent = await this.client.call('library.recent', {});
  }
}
