import { afterEach, expect, it, vi } from 'vitest';

import { createPacer, setGentle } from '@main/scan/engine/pace';

afterEach(() => {
  setGentle(false);
  vi.useRealTimers();
});

/** Milliseconds that a pacer rests after so much work. */
async function restAfter(workMs: number): Promise<number> {
  vi.useFakeTimers();
  const pace = createPacer();
  vi.advanceTimersByTime(workMs);
  const startedMs = performance.now();
  let restedMs: number | null = null;
  void pace().then(() => (restedMs = performance.now() - startedMs));
  while (restedMs === null) await vi.advanceTimersByTimeAsync(1);
  return restedMs;
}

it('gives others a turn and goes on', async () => {
  expect(await restAfter(300)).toBeLessThanOrEqual(1);
});

it('rests as long as it worked in gentle mode, but never so long that a cancel waits', async () => {
  setGentle(true);
  expect(await restAfter(300)).toBeGreaterThanOrEqual(299);
  expect(await restAfter(60_000)).toBeLessThanOrEqual(501);
});

it('throws the reason of a cancel that came while it rested', async () => {
  setGentle(true);
  vi.useFakeTimers();
  const abort = new AbortController();
  const pace = createPacer(abort.signal);
  vi.advanceTimersByTime(200);
  const ended = expect(pace()).rejects.toThrow('enough');
  abort.abort(new Error('enough'));
  await vi.advanceTimersByTimeAsync(300);
  await ended;
});
