/** @file Entry of the split thread: one request at a time, each answered with a plan or the reason why there is none. */
import { parentPort, workerData } from 'node:worker_threads';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { toWireError } from '@shared/ipc/errors';

import { SplitPlanner } from './plan-split';
import { SplitThreadRequest, type SplitThreadReply } from './split-thread';

const { file } = z.object({ file: z.string() }).parse(workerData);
const planner = new SplitPlanner(new Database(file, { readonly: true, timeout: 10_000 }));

function answer(raw: unknown): SplitThreadReply {
  try {
    return { ok: true, result: planner.plan(SplitThreadRequest.parse(raw)) };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

parentPort?.on('message', (raw) => parentPort?.postMessage(answer(raw)));
