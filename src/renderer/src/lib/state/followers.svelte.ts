import { SvelteSet } from 'svelte/reactivity';

import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { GroupId, PhotoId } from '@shared/model/ids';
import type { TeachPreview } from '@shared/model/teach';

/** Photos that would follow the person's corrections. Asked for after every edit; nothing moves until they are accepted. */
export class Followers {
  #found = $state.raw<TeachPreview | null>(null);
  #abort: AbortController | null = null;
  /** Photos that were not let follow into a group: not offered again until the library is opened anew. */
  readonly #putAside = new SvelteSet<string>();
  readonly preview = $derived.by(() => this.#stillOffered(this.#found));

  constructor(private readonly client: Client<AppContract>) {}

  /** Asks what would follow now; a newer question replaces an older one. */
  async check(): Promise<void> {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    try {
      const found = await this.client.call('teach.preview', {}, { signal: abort.signal });
      if (!abort.signal.aborted) this.#found = found;
    } catch {
      // A library that cannot be taught has no followers; corrections themselves are done.
      if (!abort.signal.aborted) this.#found = null;
    }
  }

  /** Everything that is offered now stays where it is. */
  dismiss(): void {
    for (const { groupId, photoIds } of this.preview?.groups ?? []) this.putAside(groupId, photoIds);
  }

  putAside(groupId: GroupId, photoIds: readonly PhotoId[]): void {
    for (const photoId of photoIds) this.#putAside.add(pairOf(photoId, groupId));
  }

  clear(): void {
    this.#abort?.abort();
    this.#found = null;
    this.#putAside.clear();
  }

  #stillOffered(found: TeachPreview | null): TeachPreview | null {
    const groups = (found?.groups ?? [])
      .map((group) => ({
        ...group,
        photoIds: group.photoIds.filter((photoId) => !this.#putAside.has(pairOf(photoId, group.groupId))),
      }))
      .filter(({ photoIds }) => photoIds.length > 0);
    const numPhotos = groups.reduce((sum, { photoIds }) => sum + photoIds.length, 0);
    return numPhotos > 0 ? { numPhotos, groups } : null;
  }
}

function pairOf(photoId: PhotoId, groupId: GroupId): string {
  return `${photoId} ${groupId}`;
}
