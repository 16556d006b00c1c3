import { deserialize, serialize } from 'node:v8';

import type { StageName } from '@shared/model/run';

import type { StageContext } from './stage-context';

/**
 * Takes a stage's result from an earlier run with the same input, or computes and keeps it: a killed run does no finished stage again, and a
 * run with nothing new has nothing to do. Only plain data and typed arrays.
 *
 * @param key Hash of everything the result depends on.
 */
export async function checkpointed<T>(
  { store, runId, log }: StageContext,
  stage: StageName,
  key: string,
  compute: () => Promise<T>,
): Promise<T> {
  const known = store.runs.checkpoint(key);
  if (known) {
    try {
      return deserialize(known) as T;
    } catch (error) {
      // Written by another version of the runtime, or cut off: it is computed again.
      log('warn', `The checkpoint of ${stage} could not be read: ${String(error)}`);
    }
  }
  const result = await compute();
  store.runs.putCheckpoint(runId, stage, key, serialize(result));
  return result;
}
