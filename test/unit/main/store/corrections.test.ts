import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';
import { countNewCorrections } from '@main/store/corrections';
import { RunOptions } from '@shared/model/run';

import { smallStore } from '../../../helpers/small-store';

const LEARNED = { inputHash: 'x', seconds: 1, items: 12, note: null };

describe('corrections since the last learning', () => {
  it('are counted by photo and pair, and not before anything was learned', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.move(photoIds.slice(0, 2), groupIds[1]!);
    expect(countNewCorrections(store.db)).toBe(0);
    store.runs.addStage(store.runs.latest()!, 'cluster', LEARNED);
    expect(countNewCorrections(store.db)).toBe(2);
    edits.remove([photoIds[4]!]);
    new PairEdits(store).apart([photoIds[5]!, photoIds[6]!], []);
    const count = countNewCorrections(store.db);
    expect(count).toBeGreaterThan(3);
    edits.undo();
    expect(countNewCorrections(store.db)).toBeLessThan(count);
  });

  it('start at nothing after a run that learned, not after one that only looked', async () => {
    const { store, groupIds, photoIds } = smallStore();
    store.runs.addStage(store.runs.latest()!, 'cluster', LEARNED);
    // Times are kept to the millisecond.
    const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    await later();
    new GroupEdits(store).move(photoIds.slice(0, 2), groupIds[1]!);
    await later();
    const looked = store.runs.create(RunOptions.parse({}));
    store.runs.setState(looked, 'done');
    expect(countNewCorrections(store.db)).toBe(2);
    const learned = store.runs.create(RunOptions.parse({ relearn: true }));
    store.runs.addStage(learned, 'cluster', LEARNED);
    expect(countNewCorrections(store.db)).toBe(2);
    store.runs.setState(learned, 'done');
    expect(countNewCorrections(store.db)).toBe(0);
  });
});

describe('a run that was cut off', () => {
  it('is known with what it was asked for, until it is over', () => {
    const { store } = smallStore();
    expect(store.runs.interrupted()).toBeUndefined();
    const runId = store.runs.create(RunOptions.parse({ relearn: true }));
    expect(store.runs.interrupted()?.relearn).toBe(true);
    store.runs.setState(runId, 'paused');
    expect(store.runs.interrupted()?.relearn).toBe(true);
    store.runs.setState(runId, 'cancelled');
    expect(store.runs.interrupted()).toBeUndefined();
  });
});
