import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { forkWorker } from '@main/processes/fork-worker';

import { temporaryFolder } from '../../../helpers/temporary-folder';

it('tells that a worker could not be started, and stays alive', async () => {
  const original = process.execPath;
  const stderr: string[] = [];
  Object.defineProperty(process, 'execPath', { value: '/nowhere/node', configurable: true });
  try {
    const worker = forkWorker('worker.js', (text) => stderr.push(text));
    const exit = new Promise((resolve) => worker.onExit(resolve));
    worker.send({ kind: 'stop', state: 'paused' });
    expect(await exit).toMatchObject({ hasStarted: false, reason: expect.stringContaining('ENOENT') as string });
  } finally {
    Object.defineProperty(process, 'execPath', { value: original, configurable: true });
  }
});

it('logs what a worker writes to its standard error, and how it ended', async () => {
  const script = join(temporaryFolder(), 'worker.mjs');
  writeFileSync(script, `process.stderr.write('chatter'); process.on('message', () => process.exit(3));`);
  const stderr: string[] = [];
  const worker = forkWorker(script, (text) => stderr.push(text));
  const exit = new Promise((resolve) => worker.onExit(resolve));
  await vi.waitFor(() => expect(stderr).toEqual(['chatter']), 20_000);
  worker.send({ kind: 'stop', state: 'paused' });
  expect(await exit).toEqual({ hasStarted: true, reason: 'exit code 3' });
});
