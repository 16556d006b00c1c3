import { describe, expect, it } from 'vitest';

import type { Client } from '@shared/ipc/client';
import type { AppContract } from '@shared/ipc/contract';
import type { JournalId } from '@shared/model/ids';

import { DetailState } from '../../../src/renderer/src/lib/state/detail.svelte';

/** A slider with stops 0 to 5; each change waits until it is let through, and the host answers with the entries given. */
function slider(entries: (number | null)[]) {
  const shown: { detail: number; continues: number | null }[] = [];
  const waiting: (() => void)[] = [];
  const stops = [0, 1, 2, 3, 4, 5].map((detail) => ({ detail, numGroups: detail + 2 }));
  const client = { call: () => Promise.resolve({ detail: 0, stops, stopIndex: 0 }) } as unknown as Client<AppContract>;
  const state = new DetailState(client, async (detail, continues) => {
    shown.push({ detail, continues });
    await new Promise<void>((resolve) => waiting.push(resolve));
    return entries[shown.length - 1] as JournalId | null;
  });
  const letThrough = async (): Promise<void> => {
    waiting.shift()!();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { state, shown, letThrough };
}

describe('the detail slider', () => {
  it('goes on with one entry until the hand lets go', async () => {
    const { state, shown, letThrough } = slider([7, 7, 8]);
    await state.load();
    for (const stop of [1, 3]) {
      void state.moveTo(stop);
      await letThrough();
    }
    state.letGo();
    void state.moveTo(4);
    await letThrough();
    expect(shown).toEqual([
      { detail: 1, continues: null },
      { detail: 3, continues: 7 },
      { detail: 4, continues: null },
    ]);
  });

  it('makes only the last of the stops that come while one is made, and counts them to the same drag', async () => {
    const { state, shown, letThrough } = slider([7, 7, 8]);
    await state.load();
    for (const stop of [1, 2, 3, 5]) void state.moveTo(stop);
    state.letGo();
    expect(state.shownIndex).toBe(5);
    await letThrough();
    await letThrough();
    void state.moveTo(0);
    await letThrough();
    expect(shown).toEqual([
      { detail: 1, continues: null },
      { detail: 5, continues: 7 },
      { detail: 0, continues: null },
    ]);
  });

  it('stops where the host refuses, and begins anew after it', async () => {
    const { state, shown, letThrough } = slider([null, 8]);
    await state.load();
    for (const stop of [1, 2]) void state.moveTo(stop);
    await letThrough();
    expect(state.shownIndex).toBe(0);
    void state.moveTo(3);
    await letThrough();
    expect(shown).toEqual([
      { detail: 1, continues: null },
      { detail: 3, continues: null },
    ]);
  });
});
