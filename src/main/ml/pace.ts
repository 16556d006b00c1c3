/** Reports how much of a task is done. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Makes a function to be awaited once per batch of a long computation: about every 100 ms it gives the event loop a turn, so
 * that a cancel can arrive, and it throws the signal's reason when one has.
 */
export function createPacer(signal?: AbortSignal, intervalMs = 100): () => Promise<void> {
  let last = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - last < intervalMs) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    last = performance.now();
    signal?.throwIfAborted();
  };
}
