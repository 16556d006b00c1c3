import { expect, it } from 'vitest';

import { RunCompanion } from '@main/electron/run-companion';
import type { RunProgress } from '@shared/model/run';

function follow() {
  const told = { bar: [] as number[], notes: [] as string[], numAwake: 0, isFocused: false, nowMs: 0 };
  const companion = new RunCompanion(
    {
      setProgressBar: (fraction) => told.bar.push(fraction),
      keepAwake: () => {
        told.numAwake += 1;
        return () => (told.numAwake -= 1);
      },
      isFocused: () => told.isFocused,
      notify: (title) => told.notes.push(title),
    },
    () => told.nowMs,
  );
  const progress = (state: RunProgress['state'], fraction: number): void => {
    const none = { done: 0, total: 0, rate: null, secondsLeft: null, message: null };
    const payload = { ...none, runId: 1, state, stage: 'embed', activity: '', fraction, numFailed: 0, hasDraft: false };
    companion.onEvent({ kind: 'event', event: 'pipeline.progress', payload });
  };
  return { told, companion, progress };
}

it('keeps the machine awake while a run goes on, once, and lets it sleep after', () => {
  const { told, progress } = follow();
  progress('running', 0.1);
  progress('running', 0.5);
  expect(told.numAwake).toBe(1);
  progress('paused', 0.5);
  expect(told.numAwake).toBe(0);
  expect(told.bar).toEqual([0.1, 0.5, -1]);
});

it('lets the machine sleep when the host is gone', () => {
  const { told, companion, progress } = follow();
  progress('running', 0.1);
  companion.stop();
  expect([told.numAwake, told.bar.at(-1)]).toEqual([0, -1]);
});

it.each([
  ['a long run ended while the person was elsewhere', 90_000, false, 'done', ['Your photos are grouped']],
  ['a long run failed', 90_000, false, 'failed', ['Kindred could not finish']],
  ['the person looks on', 90_000, true, 'done', []],
  ['the run was short', 5_000, false, 'done', []],
  ['the person paused it', 90_000, false, 'paused', []],
] as const)('tells, or does not, when %s', (_when, ms, isFocused, state, notes) => {
  const { told, progress } = follow();
  progress('running', 0);
  Object.assign(told, { nowMs: ms, isFocused });
  progress(state, 1);
  expect(told.notes).toEqual(notes);
});
