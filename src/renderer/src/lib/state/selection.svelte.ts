/* eslint-disable svelte/prefer-svelte-reactivity -- Sets are replaced whole: 100,000 ids in one step, one signal. */
import type { PhotoId } from '@shared/model/ids';

/** Gives the ids of a run of cells, fetching those that are not on this side yet. */
export type IdsBetween = (start: number, end: number) => Promise<PhotoId[]>;

/**
 * Which photos are selected, after the file managers' habits: a plain click selects one, Ctrl adds or takes away, Shift extends
 * from the anchor. Photos are held by id, so a selection survives re-sorting and a refresh.
 */
export class PhotoSelection {
  ids = $state.raw<ReadonlySet<PhotoId>>(new Set());
  /** The cell the keyboard is on. */
  focusIndex = $state(0);
  #anchorIndex = 0;
  /** What was selected before a Shift range or a rubber band began: they replace each other, not the rest. */
  #base: ReadonlySet<PhotoId> = new Set();
  /** Tells a slow range from a newer one. */
  #ticket = 0;

  constructor(private readonly idsBetween: IdsBetween) {}

  get size(): number {
    return this.ids.size;
  }

  has(id: PhotoId): boolean {
    return this.ids.has(id);
  }

  select(index: number, id: PhotoId): void {
    this.#begin(index);
    this.ids = new Set([id]);
    this.#base = new Set();
  }

  /** Selects the photo at an index, which may still have to be fetched. */
  async selectAt(index: number): Promise<void> {
    this.#begin(index);
    const ticket = this.#ticket;
    const [id] = await this.idsBetween(index, index + 1);
    if (id !== undefined && ticket === this.#ticket) this.select(index, id);
  }

  toggle(index: number, id: PhotoId): void {
    this.#begin(index);
    const next = new Set(this.ids);
    if (!next.delete(id)) next.add(id);
    this.ids = next;
    this.#base = next;
  }

  /** Moves the focus without selecting. */
  focus(index: number): void {
    this.focusIndex = index;
  }

  /** Selects from the anchor to `index`, in place of the range before. */
  async extendTo(index: number): Promise<void> {
    this.focusIndex = index;
    const ticket = ++this.#ticket;
    const from = Math.min(this.#anchorIndex, index);
    const range = await this.idsBetween(from, Math.max(this.#anchorIndex, index) + 1);
    if (ticket === this.#ticket) this.ids = new Set([...this.#base, ...range]);
  }

  async selectAll(total: number): Promise<void> {
    const ticket = ++this.#ticket;
    const range = await this.idsBetween(0, total);
    if (ticket === this.#ticket) this.ids = new Set(range);
  }

  /** A rubber band begins; with `isAdding` it adds to what is selected. */
  beginBand(isAdding: boolean): void {
    this.#ticket++;
    this.#base = isAdding ? this.ids : new Set();
    this.ids = this.#base;
  }

  /** The band touches these now. */
  band(ids: readonly PhotoId[]): void {
    this.ids = new Set([...this.#base, ...ids]);
  }

  /** The band was let go over these cells, in order, some of which may still have to be fetched. */
  async endBand(indices: readonly number[]): Promise<void> {
    const [first, last] = [indices[0], indices.at(-1)];
    if (first === undefined || last === undefined) return;
    const ticket = ++this.#ticket;
    const ids = await this.idsBetween(first, last + 1);
    if (ticket !== this.#ticket) return;
    this.band(indices.map((index) => ids[index - first]).filter((id) => id !== undefined));
  }

  clear(): void {
    this.#ticket++;
    this.ids = new Set();
    this.#base = this.ids;
    this.#anchorIndex = this.focusIndex;
  }

  /** Takes photos out that are no longer here. */
  drop(ids: Iterable<PhotoId>): void {
    const next = new Set(this.ids);
    for (const id of ids) next.delete(id);
    this.ids = next;
    this.#base = next;
  }

  #begin(index: number): void {
    this.#ticket++;
    this.#anchorIndex = index;
    this.focusIndex = index;
  }
}
