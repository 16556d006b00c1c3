import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { TeachPreview } from '@shared/model/teach';

/** Photos that would follow the person's corrections. Asked for after every edit; nothing moves until they are accepted. */
export class Followers {
  preview = $state.raw<TeachPreview | null>(null);
  #abort: AbortController | null = null;
  /** What was put aside is not offered again until something else would follow. */
  #dismissed = '';

  constructor(private readonly client: Client<AppContract>) {}

  /** Asks what would follow now; a newer question replaces an older one. */
  async check(): Promise<void> {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    try {
      const found = await this.client.call('teach.preview', {}, { signal: abort.signal });
      if (abort.signal.aborted) return;
      this.preview = found.numPhotos > 0 && signature(found) !== this.#dismissed ? found : null;
    } catch {
      // A library that cannot be taught has no followers; corrections themselves are done.
      if (!abort.signal.aborted) this.preview = null;
    }
  }

  dismiss(): void {
    if (this.preview) this.#dismissed = signature(this.preview);
    this.preview = null;
  }

  clear(): void {
    this.#abort?.abort();
    this.preview = null;
    this.#dismissed = '';
  }
}

function signature({ groups }: TeachPreview): string {
  return groups.map(({ groupId, photoIds }) => `${groupId} ${photoIds.join()}`).join(';');
}
