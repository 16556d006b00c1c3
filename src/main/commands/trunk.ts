import { resolve } from 'node:path';

import { AppError } from '@shared/ipc/errors';

import { addTrunk, listTrunks, removeTrunk, type TrunkToAdd } from '../trunks/trunk-library';
import { openCommandLibrary, print } from './command-context';

interface Json {
  json?: boolean;
}

/** `kindred trunk add`: makes a person's own network usable. */
export async function addTrunkCommand(
  file: string,
  { json, ...trunk }: Omit<TrunkToAdd, 'file'> & Json,
): Promise<void> {
  const { id, width, size } = await addTrunk({ file: resolve(file), ...trunk });
  print(json, { id, width, size }, () => `Added ${id}: ${size} × ${size} pixels in, ${width} numbers out.`);
}

/** `kindred trunk list`. */
export function listTrunksCommand({ json }: Json): void {
  const trunks = listTrunks().map(({ id, name, size, width, licence, isBundled }) => ({
    id,
    name,
    size,
    width,
    licence,
    bundled: isBundled,
  }));
  print(json, { trunks }, () =>
    trunks.map(({ id, name, size, width }) => `${id}: ${name}, ${size} pixels, ${width} numbers`).join('\n'),
  );
}

/** `kindred trunk choose`: which network the next scans of a library use. */
export async function chooseTrunkCommand(
  id: string,
  { library: dir, json }: { library?: string } & Json,
): Promise<void> {
  if (!listTrunks().some((trunk) => trunk.id === id)) throw new AppError('not-found', `There is no trunk “${id}”.`);
  const library = openCommandLibrary([], dir);
  try {
    library.store.library.setTrunk(id);
    print(json, { library: library.dir, trunk: id }, () => `${library.dir} uses ${id} from its next scan on.`);
  } finally {
    await library.close();
  }
}

/** `kindred trunk remove`. */
export async function removeTrunkCommand(id: string, { json }: Json): Promise<void> {
  await removeTrunk(id);
  print(json, { removed: id }, () => `Removed ${id}.`);
}
