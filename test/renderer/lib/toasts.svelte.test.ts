import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Toasts } from '../../../src/renderer/src/lib/state/toasts.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const texts = (toasts: Toasts): string[] => toasts.list.map(({ text }) => text);

describe('Toasts', () => {
  it('shows a message that is still there in place of itself, for its whole time again', () => {
    const toasts = new Toasts();
    toasts.show('It is not there.', { tone: 'error' });
    toasts.show('Another thing.', { tone: 'error' });
    vi.advanceTimersByTime(10_000);
    toasts.show('It is not there.', { tone: 'error' });
    expect(texts(toasts)).toEqual(['Another thing.', 'It is not there.']);
    vi.advanceTimersByTime(10_000);
    expect(texts(toasts)).toEqual(['It is not there.']);
    vi.advanceTimersByTime(2_000);
    expect(texts(toasts)).toEqual([]);
  });

  it('lets only the newest carry an action', () => {
    const toasts = new Toasts();
    const action = { label: 'Undo', run: () => undefined };
    toasts.show('One moved.', { action });
    toasts.show('Two moved.', { action });
    expect(texts(toasts)).toEqual(['Two moved.']);
  });
});
