import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

import { IdleThread } from '@main/processes/idle-thread';

import { temporaryFolder } from '../../../helpers/temporary-folder';

/** Notes each start in the file it is given, and answers every number with its double, a little later. */
const program = `
const { appendFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
appendFileSync(workerData.file, 'started\\n');
parentPort.on('message', (n) => setTimeout(() => parentPort.postMessage({ ok: true, result: 2 * n }), 20));
`;

let file: string;
let thread: IdleThread<number>;
beforeEach(() => {
  const folder = temporaryFolder();
  file = join(folder, 'starts');
  const script = join(folder, 'double.cjs');
  writeFileSync(script, program);
  writeFileSync(file, '');
  const reply = z.object({ ok: z.literal(true), result: z.number() });
  thread = new IdleThread({ script, file, reply, does: 'doubles', idleMs: 60_000 });
});
const numStarts = (): number => readFileSync(file, 'utf8').split('\n').length - 1;

it('answers one request after another on one thread', async () => {
  expect(await Promise.all([thread.ask(1), thread.ask(2)])).toEqual([2, 4]);
  expect(numStarts()).toBe(1);
  await thread.close();
});

it('starts again after it was stopped', async () => {
  expect(await thread.ask(1)).toBe(2);
  await thread.stop();
  expect(await thread.ask(2)).toBe(4);
  expect(numStarts()).toBe(2);
  await thread.close();
});

it('starts for nobody once it is closed, not even for requests that wait', async () => {
  await thread.ask(1);
  const asked = Promise.allSettled([thread.ask(2), thread.ask(3), thread.ask(4)]);
  await thread.close();
  for (const { status } of await asked) expect(status).toBe('rejected');
  await expect(thread.ask(5)).rejects.toMatchObject({ code: 'cancelled' });
  thread.start();
  expect(numStarts()).toBe(1);
});
