import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '@shared/ipc/errors';

import { openTrunk, type Trunk, TrunkDescription, type TrunkOptions } from '@main/trunks/trunk';

/**
 * Opens the trunk whose model and `trunk.json` lie in a folder.
 *
 * @throws {AppError} `failed-precondition` when the folder does not hold a usable trunk.
 */
export async function openTrunkFolder(folder: string, options?: TrunkOptions): Promise<Trunk> {
  const file = join(folder, 'trunk.json');
  let description: TrunkDescription;
  try {
    description = TrunkDescription.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new AppError('failed-precondition', `${file} is missing, or does not describe a network.`, { cause: error });
  }
  return openTrunk(description, join(folder, description.file), options);
}
