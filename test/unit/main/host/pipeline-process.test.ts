import { expect, it } from 'vitest';

import type { FromWorker } from '@main/run/messages';
import { PipelineProcess } from '@main/host/pipeline-process';
import type { WorkerHandle } from '@main/processes/fork-worker';
import type { ToWorker } from '@main/run/messages';
import type { RunId } from '@shared/model/ids';
import type { RunProgress } from '@shared/model/run';

const runId = 7 as RunId;

function progress(part: Partial<RunProgress>): FromWorker {
  const none = { done: 0, total: 0, rate: null, secondsLeft: null, message: null };
  const start = { runId, state: 'running', stage: 'embed', activity: '', fraction: 0, numFailed: 0, hasDraft: false };
  return { kind: 'progress', progress: { ...none, ...start, ...part } as RunProgress };
}

/** A pipeline whose workers say what they are given, one list each, and end. */
function pipelineOf(lives: FromWorker[][]) {
  const shown: RunProgress[] = [];
  const logged: string[] = [];
  const crashedAt: number[] = [];
  let numSpawned = 0;
  const spawn = (): WorkerHandle<ToWorker> => {
    const says = lives[numSpawned++] ?? [];
    let onMessage: (message: unknown) => void = () => undefined;
    let onExit: Parameters<WorkerHandle['onExit']>[0] = () => undefined;
    return {
      send: ({ kind }) => {
        if (kind !== 'run') return;
        setImmediate(() => {
          says.forEach((message) => onMessage(message));
          onExit({ reason: 'exit code 0', hasStarted: true });
        });
      },
      kill: () => undefined,
      onMessage: (listener) => (onMessage = listener),
      onExit: (listener) => (onExit = listener),
    };
  };
  const pipeline = new PipelineProcess({
    ...{ spawn, libraryDir: '/library', trunksDirs: [] },
    onProgress: (now) => shown.push(now),
    onChanged: () => undefined,
    onLog: (_, message) => logged.push(message),
    onCrashWhileReading: (ids) => crashedAt.push(...ids),
  });
  return { pipeline, shown, logged, crashedAt, numSpawned: () => numSpawned };
}

const done: FromWorker = { kind: 'ended', state: 'done', message: null };

it('goes on in a fresh process when one asks for it, and shows one run', async () => {
  const { pipeline, shown, logged, crashedAt, numSpawned } = pipelineOf([
    [progress({ fraction: 0.4, numFailed: 2, hasDraft: true }), { kind: 'renew' }],
    [progress({ fraction: 0.1, numFailed: 1 }), progress({ fraction: 0.6, numFailed: 1 }), done],
  ]);
  expect(await pipeline.run(runId)).toEqual({ state: 'done', message: null });
  expect(numSpawned()).toBe(2);
  expect(shown.map(({ fraction }) => fraction)).toEqual([0.4, 0.4, 0.6, 0.6]);
  expect(shown.map(({ numFailed }) => numFailed)).toEqual([2, 3, 3, 3]);
  expect(shown.every(({ hasDraft }) => hasDraft)).toBe(true);
  expect([logged, crashedAt]).toEqual([[], []]);
});

it('shows another run from its own beginning', async () => {
  const other = 8 as RunId;
  const { pipeline, shown } = pipelineOf([
    [progress({ fraction: 0.9, numFailed: 4, hasDraft: true }), done],
    [progress({ runId: other, fraction: 0.2 }), done],
  ]);
  await pipeline.run(runId);
  await pipeline.run(other);
  expect(shown.at(-1)).toMatchObject({ runId: other, fraction: 0.2, numFailed: 0, hasDraft: false });
});

it('still knows a crash from a wish to go on', async () => {
  const { pipeline, crashedAt, numSpawned } = pipelineOf([[{ kind: 'reading', photoId: 3 }], [done]]);
  expect((await pipeline.run(runId)).state).toBe('done');
  expect([crashedAt, numSpawned()]).toEqual([[3], 2]);
});
