/**
 * @file [Note: Trunks of one's own] A trunk is a folder with an ONNX file and a `trunk.json`. Bundled ones come with the program; those that a
 * person adds are copied into the data folder and tried out first. The id ends in the start of the file's hash, so features that one
 * network gave can never be taken for those of another that came later under the same name.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '@shared/ipc/errors';

import { hashFile } from '../hash-file';
import { openTrunkFolder } from './trunk-folder';
import { describeModel } from './describe-model';
import { TrunkDescription } from './trunk';
import { bundledTrunksDir } from '../paths';
import { ownTrunksDir } from '../library-paths';

export interface TrunkToAdd {
  /** The ONNX file; it is copied. */
  file: string;
  name: string;
  /** Side of the square input, in pixels. */
  size: number;
  mean: [number, number, number];
  std: [number, number, number];
  /** Where the model has more than one. */
  input?: string;
  output?: string;
  licence: string;
}

const MODEL = 'model.onnx';

/** Trunks that can be used, the bundled ones first. */
export function listTrunks(): (TrunkDescription & { isBundled: boolean })[] {
  return [bundledTrunksDir(), ownTrunksDir()].flatMap((dir, index) =>
    (existsSync(dir) ? readdirSync(dir).sort() : []).flatMap((name) => {
      const description = readDescription(join(dir, name, 'trunk.json'));
      return description ? [{ ...description, isBundled: index === 0 }] : [];
    }),
  );
}

/** A folder without a usable description is no trunk. */
function readDescription(file: string): TrunkDescription | null {
  try {
    return TrunkDescription.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Copies a network into the data folder, after two pictures went through it.
 *
 * @throws {AppError} `failed-precondition` when the file is no such network; nothing is left behind.
 */
export async function addTrunk({ file, name, ...rest }: TrunkToAdd): Promise<TrunkDescription> {
  if (!existsSync(file)) throw new AppError('not-found', `There is no file ${file}.`);
  const hash = (await hashFile(file)).slice(0, 8);
  const id = `${
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '') || 'trunk'
  }-${hash}`;
  const folder = join(ownTrunksDir(), id);
  if (existsSync(folder)) throw new AppError('failed-precondition', `This network is there already, as ${id}.`);
  const making = `${folder}.part`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  try {
    await copyFile(file, join(making, MODEL));
    const found = await describeModel({ modelPath: join(making, MODEL), ...rest });
    const description = TrunkDescription.parse({ id, name, file: MODEL, layout: 'NCHW', ...rest, ...found });
    await writeFile(join(making, 'trunk.json'), `${JSON.stringify(description, null, 2)}\n`);
    const trunk = await openTrunkFolder(making, { numThreads: 1 });
    await trunk.dispose();
    await rename(making, folder);
    return description;
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  }
}

/** Takes away a trunk that was added. Libraries keep the groups that it gave; their next run wants another. */
export async function removeTrunk(id: string): Promise<void> {
  const known = listTrunks().find((trunk) => trunk.id === id);
  if (!known) throw new AppError('not-found', `There is no trunk “${id}”.`);
  if (known.isBundled) throw new AppError('failed-precondition', `${id} comes with the program and cannot be removed.`);
  await rm(join(ownTrunksDir(), id), { recursive: true });
}
