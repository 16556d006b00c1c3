import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '@shared/ipc/errors';

/**
 * The folder of a trunk, from the first place that has it.
 *
 * @throws {AppError} `not-found`, naming the trunk that is missing.
 */
export function findTrunk(trunksDirs: readonly string[], id: string): string {
  const found = trunksDirs.map((dir) => join(dir, id)).find((dir) => existsSync(join(dir, 'trunk.json')));
  if (found === undefined) {
    throw new AppError('not-found', `There is no trunk “${id}”. kindred doctor lists those that are there.`);
  }
  return found;
}
