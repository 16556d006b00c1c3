import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Fling } from '@renderer/lib/grid/fling.svelte';

const HEIGHT = 700;

/** Scrolls by so many pixels a frame of 16 ms, and says after each whether it is a fling. */
function scroll(fling: Fling, by: number, numFrames: number, fromMs = 0): boolean[] {
  return Array.from({ length: numFrames }, (_, frame) => {
    fling.scrolled(by * (frame + 1), HEIGHT, fromMs + 16 * (frame + 1));
    return fling.isFlinging;
  });
}

describe('a fling', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is a scroll that crosses the window before a photo is seen', () => {
    expect(scroll(new Fling(), 400, 4)).toEqual([false, true, true, true]);
  });

  it('is not what reading and a fast wheel do', () => {
    expect(scroll(new Fling(), 80, 10)).not.toContain(true);
  });

  it('is not one jump to the end, nor one late frame', () => {
    const fling = new Fling();
    scroll(fling, 20, 3);
    fling.scrolled(500_000, HEIGHT, 1000);
    expect(fling.isFlinging).toBe(false);
    fling.scrolled(500_020, HEIGHT, 1001);
    expect(fling.isFlinging).toBe(false);
  });

  it('goes on while it gets slower, and ends when it is half as fast', () => {
    const fling = new Fling();
    scroll(fling, 400, 4);
    fling.scrolled(1600 + 80, HEIGHT, 80);
    expect(fling.isFlinging).toBe(true);
    fling.scrolled(1680 + 40, HEIGHT, 96);
    expect(fling.isFlinging).toBe(false);
  });

  it('ends when the scrolling stops', () => {
    const fling = new Fling();
    scroll(fling, 400, 4);
    vi.advanceTimersByTime(200);
    expect(fling.isFlinging).toBe(false);
  });
});
