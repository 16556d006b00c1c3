import { expect, it } from 'vitest';

import { RunOptions } from '@shared/model/run';

import { smallStore } from '../../../helpers/small-store';

it('adds up what a stage took in several processes, and counts no photo twice', () => {
  const { store } = smallStore();
  const runId = store.runs.create(RunOptions.parse({}));
  const part = { inputHash: null, seconds: 1.5, note: null };
  for (const items of [300, 300]) store.runs.addStage(runId, 'index-photos', { ...part, items });
  for (const items of [100, 200]) store.runs.addStage(runId, 'embed', { ...part, items });
  expect(store.runs.report(runId).stages).toMatchObject([
    { name: 'index-photos', seconds: 3, items: 300 },
    { name: 'embed', seconds: 3, items: 300 },
  ]);
});
