import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { PhotoCell } from '@shared/model/photo';

/** Whoever types is not done with every letter. */
const PAUSE_MS = 150;
/** As many as a row shows. */
const NUM_SHOWN = 12;

/** The photos that match what is typed into the search field: how many, and the first of them. */
export class PhotoSearch {
  /** What {@link total} and {@link photos} are of; empty: nothing is looked for. */
  query = $state('');
  total = $state(0);
  photos = $state.raw<PhotoCell[]>([]);
  #abort: AbortController | null = null;

  constructor(private readonly client: Client<AppContract>) {}

  /** Looks for it after a pause; what was asked before is given up. */
  async find(query: string): Promise<void> {
    this.#abort?.abort();
    const { signal } = (this.#abort = new AbortController());
    if (query === '') {
      this.query = '';
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (signal.aborted) return;
    try {
      const input = {
        place: { kind: 'all' as const },
        search: query,
        sort: 'newest' as const,
        offset: 0,
        limit: NUM_SHOWN,
      };
      const found = await this.client.call('photo.find', input, { signal });
      if (signal.aborted) return;
      this.total = found.total;
      this.photos = found.photos;
      this.query = query;
    } catch {
      // Groups are found all the same; the next letter asks again.
      if (!signal.aborted) this.query = '';
    }
  }
}
