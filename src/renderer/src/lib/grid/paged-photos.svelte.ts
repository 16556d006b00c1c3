/* eslint-disable svelte/prefer-svelte-reactivity -- A version counter announces changes: a hundred thousand signals would cost more than the grid. */
import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { Output } from '@shared/ipc/define';
import type { PhotoId } from '@shared/model/ids';
import type { PhotoCell, PhotoSort } from '@shared/model/photo';

import { type ShownPlace, usualSort } from '../state/shown-place';

const PAGE = 200;
/** Pages kept in memory; the farthest from the window go first. 12 × 200 photos are about 0.6 MB, and some twenty windows full. */
const MAX_PAGES = 12;
const IDS_PAGE = 2000;
/** A dragged scroll bar passes hundreds of pages a second: what it passed by is never asked for. */
const MAX_REQUESTS = 3;

interface Page {
  cells: PhotoCell[];
  isStale: boolean;
}

/**
 * The photos at a place, fetched a page at a time as the grid comes near them. What is shown stays shown while it is fetched
 * again, so that an edit never blanks the grid.
 */
export class PagedPhotos {
  total = $state(0);
  isLoaded = $state(false);
  error = $state<unknown>(null);
  /** Rises when any cell changed; reading a cell subscribes to it. */
  #version = $state(0);
  #pages = new Map<number, Page>();
  #loading = new Map<number, Promise<void>>();
  #revision = 0;
  #window = { start: 0, end: PAGE };
  #isDisposed = false;

  constructor(
    private readonly client: Client<AppContract>,
    readonly place: ShownPlace,
    private sort: PhotoSort = usualSort(place),
  ) {}

  /** Shows the same photos in another order, from the start. */
  sortBy(sort: PhotoSort): void {
    this.sort = sort;
    this.#pages.clear();
    this.#loading.clear();
    this.#version++;
    this.#pump();
  }

  #ask(offset: number, limit: number): Promise<Output<AppContract, 'group.photos'>> {
    const { place, sort } = this;
    if (place.kind === 'search') {
      const input = { place: { kind: 'all' as const }, search: place.query, sort, offset, limit };
      return this.client.call('photo.find', input);
    }
    if (sort === usualSort(place)) return this.client.call('group.photos', { place, offset, limit });
    return this.client.call('photo.find', { place, search: '', sort, offset, limit });
  }

  /** The photo at an index, undefined until its page has come. */
  cell(index: number): PhotoCell | undefined {
    void this.#version;
    return this.#pages.get(Math.floor(index / PAGE))?.cells[index % PAGE];
  }

  /** Whether these are all among the photos that were fetched since the last change. */
  holdsAll(ids: ReadonlySet<PhotoId>): boolean {
    let numFound = 0;
    for (const { cells, isStale } of this.#pages.values()) {
      if (!isStale) numFound += cells.filter(({ id }) => ids.has(id)).length;
    }
    return numFound === ids.size;
  }

  /** Says which cells are on screen: their pages are fetched, and far ones may be dropped. */
  ensure(start: number, end: number): void {
    this.#window = { start, end };
    this.#pump();
  }

  /** Fetches again what is on screen; the rest is fetched again when it comes near. */
  async refresh(): Promise<void> {
    for (const page of this.#pages.values()) page.isStale = true;
    // Answers that are under way may be from before the change.
    this.#loading.clear();
    this.#pump();
    while (this.#loading.size > 0) await Promise.all(this.#loading.values());
  }

  /** Ids of a run of cells, fetched where they are not here. `end` is exclusive. */
  async idsBetween(start: number, end: number): Promise<PhotoId[]> {
    const ids: PhotoId[] = [];
    for (let index = start; index < end; index++) {
      const page = this.#pages.get(Math.floor(index / PAGE));
      const cell = page?.isStale ? undefined : page?.cells[index % PAGE];
      if (!cell) break;
      ids.push(cell.id);
    }
    while (start + ids.length < end) {
      const offset = start + ids.length;
      const limit = Math.min(IDS_PAGE, end - offset);
      const { photos } = await this.#ask(offset, limit);
      if (photos.length === 0) break;
      for (const photo of photos) ids.push(photo.id);
    }
    return ids;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#pages.clear();
  }

  /** Starts what the window still needs, a few requests at a time. */
  #pump(): void {
    if (this.#isDisposed) return;
    // A place that shrank may leave the window beyond its end; asking for pages there would never end.
    const numPages = this.isLoaded ? this.#numPages : Infinity;
    const firstPage = Math.min(Math.floor(Math.max(0, this.#window.start) / PAGE), numPages - 1);
    const lastPage = Math.min(Math.floor(Math.max(this.#window.start, this.#window.end - 1) / PAGE), numPages - 1);
    for (let page = firstPage; page <= lastPage; page++) {
      if (this.#loading.size >= MAX_REQUESTS) return;
      const held = this.#pages.get(page);
      if ((held && !held.isStale) || this.#loading.has(page)) continue;
      const loading = this.#fetch(page).then((isFetched) => {
        if (this.#loading.get(page) !== loading) return;
        this.#loading.delete(page);
        // After a failure the next scroll or refresh tries again.
        if (isFetched) this.#pump();
      });
      this.#loading.set(page, loading);
    }
  }

  /** @returns False when the host could not be asked. */
  async #fetch(page: number): Promise<boolean> {
    try {
      const { sort } = this;
      const reply = await this.#ask(page * PAGE, PAGE);
      // A late reply from before an edit would put back what the edit took away.
      if (this.#isDisposed || sort !== this.sort || reply.revision < this.#revision) return false;
      this.#revision = reply.revision;
      this.#pages.set(page, { cells: reply.photos, isStale: false });
      this.total = reply.total;
      this.isLoaded = true;
      this.error = null;
      this.#evict();
      this.#version++;
      return true;
    } catch (error) {
      this.error = error;
      return false;
    }
  }

  /** An empty place has one page, too: that it is empty. */
  get #numPages(): number {
    return Math.max(1, Math.ceil(this.total / PAGE));
  }

  #evict(): void {
    for (const page of this.#pages.keys()) if (page >= this.#numPages) this.#pages.delete(page);
    if (this.#pages.size <= MAX_PAGES) return;
    const middle = (this.#window.start + this.#window.end) / 2 / PAGE;
    const farthest = [...this.#pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of farthest.slice(0, this.#pages.size - MAX_PAGES)) this.#pages.delete(page);
  }
}
