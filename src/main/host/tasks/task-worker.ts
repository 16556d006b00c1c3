/** @file Entry of a thread that reads or edits a library's tables: one task at a time. */
import { parentPort, workerData } from 'node:worker_threads';

import { z } from 'zod';

import { toWireError } from '@shared/ipc/errors';

import type { ThreadReply } from '../../processes/idle-thread';
import { openStore } from '../../store/store';
import { createTaskRunner, TaskRequest } from './task-runner';

const { file } = z.object({ file: z.string() }).parse(workerData);
const runTask = createTaskRunner(openStore(file));

async function answer(raw: unknown): Promise<ThreadReply<unknown>> {
  try {
    return { ok: true, result: await runTask(TaskRequest.parse(raw)) };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

parentPort?.on('message', (raw) => void answer(raw).then((reply) => parentPort?.postMessage(reply)));
