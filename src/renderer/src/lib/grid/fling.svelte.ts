/** A photo that crosses the window in less than this is not seen. */
const SEEN_MS = 100;
/** Without a scroll for so long, it has come to rest. */
const REST_MS = 120;
/** A scroll that comes after a longer pause is a jump, to be shown at once: End, or a click on the scroll bar. */
const PAUSE_MS = 250;
const FRAME_MS = 16;

/** Tells whether the grid is scrolled so fast that its photos cannot be seen. */
export class Fling {
  isFlinging = $state(false);
  #top = 0;
  #atMs = -Infinity;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** @param atMs The scroll event's time stamp. */
  scrolled(top: number, windowHeight: number, atMs: number): void {
    // After a late frame two come at once: no speed can be told from less than a frame.
    const elapsedMs = Math.max(FRAME_MS, atMs - this.#atMs);
    const windowMs = (windowHeight * elapsedMs) / Math.abs(top - this.#top);
    // Half as fast ends it: at one speed it would flicker.
    this.isFlinging = elapsedMs < PAUSE_MS && windowMs < (this.isFlinging ? 2 * SEEN_MS : SEEN_MS);
    this.#top = top;
    this.#atMs = atMs;
    clearTimeout(this.#rest);
    if (this.isFlinging) this.#rest = setTimeout(() => (this.isFlinging = false), REST_MS);
  }

  stop(): void {
    clearTimeout(this.#rest);
    this.isFlinging = false;
  }
}
