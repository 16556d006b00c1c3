import type { PhotoSelection } from '../state/selection.svelte';
import { Fling } from './fling.svelte';
import {
  type GridLayout,
  indexAt,
  indicesIn,
  layOut,
  type Rect,
  rowAt,
  type SectionSize,
  type Step,
  scrollToShow,
  step,
} from './geometry';
import type { PagedPhotos } from './paged-photos.svelte';
import { fillSlots, type SlotRow } from './row-slots';

const HEADER_HEIGHT = 44;
const GAP = 4;
const PADDING = 24;
/** Drawn beyond the window's edges, so that a scroll finds its pictures there. */
const OVERSCAN = 400;
/** Pointer travel that makes a press a rubber band. */
const BAND_THRESHOLD = 4;
/** A band that comes this near to an edge scrolls. */
const EDGE = 40;

export interface GridSource {
  photos: PagedPhotos;
  selection: PhotoSelection;
  sections: readonly SectionSize[];
  cellSize: number;
}

const stepByKey: Record<string, Step> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'home',
  End: 'end',
  PageUp: 'page-up',
  PageDown: 'page-down',
};

/** What a virtual grid knows: sizes, the window over its lines, the keyboard, the rubber band. It draws nothing. */
export class GridController {
  width = $state(0);
  height = $state(0);
  scrollTop = $state(0);
  band = $state.raw<Rect | null>(null);
  readonly layout: GridLayout = $derived.by(() =>
    layOut(this.source().sections, {
      width: this.width,
      cellSize: this.source().cellSize,
      gap: GAP,
      padding: PADDING,
      headerHeight: HEADER_HEIGHT,
    }),
  );
  readonly #numSlots = $derived(
    this.width === 0 || this.height === 0
      ? 0
      : Math.ceil((this.height + 2 * OVERSCAN) / (this.layout.side + this.layout.gap)) + 1,
  );
  readonly #firstRow = $derived(
    Math.max(0, Math.min(rowAt(this.layout, this.scrollTop - OVERSCAN), this.layout.numRows - this.#numSlots)),
  );
  /** The rows that are drawn ([Note: Slots] in `row-slots.ts`). */
  readonly slots: readonly (SlotRow | null)[] = $derived.by(() => {
    this.#held = fillSlots(this.layout, this.#numSlots, this.#firstRow, this.#fling.isFlinging, this.#held);
    return this.#held;
  });
  /** First and last cell that are drawn; `end` is exclusive. */
  readonly window = $derived.by(() => {
    const rows = this.slots.filter((row) => row !== null);
    if (rows.length === 0) return { start: 0, end: 0 };
    return { start: Math.min(...rows.map(({ start }) => start)), end: Math.max(...rows.map(({ end }) => end)) };
  });
  readonly #fling = new Fling();
  /** The slots as they were: not a signal, only what {@link slots} keeps of. */
  #held: readonly (SlotRow | null)[] = [];
  #viewport: HTMLElement | null = null;
  #bandOrigin: { x: number; y: number } | null = null;

  constructor(readonly source: () => GridSource) {}

  /** Takes over the scrolling element; the caller gives back what is returned. */
  attach(viewport: HTMLElement): () => void {
    this.#viewport = viewport;
    const observer = new ResizeObserver(() => this.measure());
    observer.observe(viewport);
    this.measure();
    return () => {
      observer.disconnect();
      this.#fling.stop();
    };
  }

  scrolled(event: Event): void {
    this.scrollTop = this.#viewport?.scrollTop ?? 0;
    this.#fling.scrolled(this.scrollTop, this.height, event.timeStamp);
  }

  /** A new width keeps the first visible photo in view. */
  measure(): void {
    const viewport = this.#viewport;
    if (!viewport) return;
    const { clientWidth, clientHeight } = viewport;
    if (clientWidth === this.width && clientHeight === this.height) return;
    const anchor = clientWidth !== this.width ? this.firstVisible() : null;
    this.width = clientWidth;
    this.height = clientHeight;
    if (anchor !== null && this.scrollTop > 0) this.keepInView(anchor);
  }

  get isFlinging(): boolean {
    return this.#fling.isFlinging;
  }

  /** Where a cell is drawn, or null while it is not. */
  slotOf(index: number): { slot: number; column: number } | null {
    const slot = this.slots.findIndex((row) => row !== null && index >= row.start && index < row.end);
    return slot < 0 ? null : { slot, column: index - this.slots[slot]!.start };
  }

  firstVisible(): number | null {
    return indicesIn(this.layout, { left: 0, top: this.scrollTop, width: this.width, height: 1e-3 + GAP })[0] ?? null;
  }

  /** Scrolls as little as possible, at once: smooth scrolling makes key repeat lag. */
  keepInView(index: number): void {
    const top = scrollToShow(this.layout, index, this.scrollTop, this.height);
    if (top !== this.scrollTop) this.scrollTo(top);
  }

  scrollTo(top: number): void {
    this.scrollTop = top;
    // The element's own height may still be the old one in this tick.
    requestAnimationFrame(() => this.#viewport?.scrollTo({ top }));
  }

  /** The cell under a pointer. */
  hit(event: { clientX: number; clientY: number }): number | null {
    const point = this.#pointOf(event);
    return point && indexAt(this.layout, point.x, point.y);
  }

  /** @returns Whether the key was one of the grid's. */
  handleKey(event: KeyboardEvent): boolean {
    const { selection, photos } = this.source();
    const isCommand = event.ctrlKey || event.metaKey;
    const direction = stepByKey[event.key];
    if (direction && !event.altKey) {
      const rowsPerPage = Math.max(1, Math.floor(this.height / (this.layout.side + GAP)) - 1);
      const index = step(this.layout, selection.focusIndex, direction, rowsPerPage);
      this.moveTo(index, event.shiftKey ? 'extend' : isCommand ? 'focus' : 'select');
      return true;
    }
    if (isCommand && event.key.toLowerCase() === 'a') {
      void selection.selectAll(photos.total);
      return true;
    }
    if (isCommand && event.key === ' ') {
      const cell = photos.cell(selection.focusIndex);
      if (cell) selection.toggle(selection.focusIndex, cell.id);
      return true;
    }
    if (event.key === 'Escape' && selection.size > 0) {
      selection.clear();
      return true;
    }
    return false;
  }

  /** Moves the keyboard's cell, and the selection with it. */
  moveTo(index: number, how: 'select' | 'extend' | 'focus'): void {
    const { selection, photos } = this.source();
    this.keepInView(index);
    if (how === 'extend') void selection.extendTo(index);
    else if (how === 'focus') selection.focus(index);
    else {
      const cell = photos.cell(index);
      if (cell) selection.select(index, cell.id);
      else void selection.selectAt(index);
    }
  }

  /** A press on a photo. A press on one of several selected photos waits for the release: it may begin a drag of them all. */
  press(index: number, how: { isAdding: boolean; isExtending: boolean; isRelease: boolean }): void {
    const { selection, photos } = this.source();
    const cell = photos.cell(index);
    if (!cell) return;
    const { isRelease } = how;
    if (how.isExtending) {
      if (!isRelease) void selection.extendTo(index);
    } else if (how.isAdding) {
      if (!isRelease) selection.toggle(index, cell.id);
    } else if (isRelease || !selection.has(cell.id)) selection.select(index, cell.id);
    else selection.focus(index);
  }

  beginBand(event: PointerEvent): void {
    const point = this.#pointOf(event);
    if (!point) return;
    this.#bandOrigin = point;
    this.source().selection.beginBand(event.ctrlKey || event.metaKey || event.shiftKey);
    this.#viewport?.setPointerCapture(event.pointerId);
  }

  dragBand(event: PointerEvent): void {
    const origin = this.#bandOrigin;
    const point = this.#pointOf(event);
    if (!origin || !point) return;
    const travel = Math.max(Math.abs(point.x - origin.x), Math.abs(point.y - origin.y));
    if (!this.band && travel < BAND_THRESHOLD) return;
    this.band = {
      left: Math.min(origin.x, point.x),
      top: Math.min(origin.y, point.y),
      width: Math.abs(point.x - origin.x),
      height: Math.abs(point.y - origin.y),
    };
    const ids = indicesIn(this.layout, this.band).map((index) => this.source().photos.cell(index)?.id);
    this.source().selection.band(ids.filter((id) => id !== undefined));
    const viewport = this.#viewport!;
    const fromTop = point.y - viewport.scrollTop;
    if (fromTop < EDGE) viewport.scrollBy({ top: fromTop - EDGE });
    else if (fromTop > this.height - EDGE) viewport.scrollBy({ top: fromTop - this.height + EDGE });
  }

  /** @returns Whether a band was drawn: the click that follows the release is then none. */
  endBand(): boolean {
    const { band } = this;
    this.#bandOrigin = null;
    this.band = null;
    if (!band) return false;
    const { photos, selection } = this.source();
    const indices = indicesIn(this.layout, band);
    // Cells that a fling passed by were never fetched, and far ones have been dropped.
    if (indices.some((index) => !photos.cell(index))) void selection.endBand(indices);
    return true;
  }

  /** By the element's own scroll position: the event that says it changed may be on its way. */
  #pointOf(event: { clientX: number; clientY: number }): { x: number; y: number } | null {
    if (!this.#viewport) return null;
    const bounds = this.#viewport.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top + this.#viewport.scrollTop };
  }
}
