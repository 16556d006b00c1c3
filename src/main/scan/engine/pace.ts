/** Reports how much of a task is done. */
export type OnProgress = (done: number, total: number) => void;

/** The person's wish for the whole process; it may change while a computation runs. */
let isGentleNow = false;

/** In gentle mode long computations rest as long as they work, and the trunk keeps to one core. */
export function setGentle(isGentle: boolean): void {
  isGentleNow = isGentle;
}

export function isGentle(): boolean {
  return isGentleNow;
}

/**
 * Makes a function to be awaited once per batch of a long computation: about every 100 ms it gives the event loop a turn, so
 * that a cancel can arrive, and it throws the signal's reason when one has. In gentle mode it rests as long as was worked.
 */
export function createPacer(signal?: AbortSignal, intervalMs = 100): () => Promise<void> {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    const workedMs = performance.now() - last;
    if (workedMs < intervalMs) return;
    await new Promise<void>((resolve) => {
      if (isGentleNow) setTimeout(resolve, Math.min(workedMs, MAX_REST_MS));
      else setImmediate(resolve);
    });
    last = performance.now();
    signal?.throwIfAborted();
  };
}

/** A cancel must not wait longer than this. */
const MAX_REST_MS = 500;
