/** @file Entry of the teach thread: one request at a time, each answered with what follows or the reason why nothing can. */
import { parentPort, workerData } from 'node:worker_threads';

import { z } from 'zod';

import { toWireError } from '@shared/ipc/errors';

import { openStore } from '../store/store';
import { answerTeachRequest } from './answer-request';
import { TeachModelCache } from './teach-model';
import { TeachRequest, type TeachReply } from './teach-thread';

const { file } = z.object({ file: z.string() }).parse(workerData);
const store = openStore(file);
const models = new TeachModelCache();

function answer(raw: unknown): TeachReply {
  try {
    return { ok: true, result: answerTeachRequest(store, models, TeachRequest.parse(raw)) };
  } catch (error) {
    return { ok: false, error: toWireError(error) };
  }
}

parentPort?.on('message', (raw) => parentPort?.postMessage(answer(raw)));
