/**
 * @file [Note: Names come back] A folder that Kindred exported, sorted further by hand or not, or one with keywords by other programs,
 * becomes names and corrections of a library. Photos are found by content, so it does not matter where they lie or what they are called.
 * What a person decided in the library is never overridden, and all of it is one edit that can be undone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '@shared/ipc/errors';
import type { NamesImport, NamesSource } from '@shared/model/group';

import { exportFolderNames, nameKey } from '../export/safe-names';
import { MANIFEST_NAME } from '../export/written-content';
import { chooseName } from './choose-names';
import { PhotoError } from '../images/photo-error';
import { readNames } from '../images/read-names';
import type { Store } from '../store/store';
import { realFolder } from '../library-paths';

/** What an import makes of a folder, to be written as one edit. */
export interface NamesToRecord {
  nameByPhotoId: ReadonlyMap<number, string>;
  /** The groups that names belong to, by {@link nameKey}. */
  groupIdByKey: ReadonlyMap<string, string>;
}

type Recorded = Omit<NamesImport, 'numUnknown'>;

/** @throws {AppError} When the folder is not there or cannot be read; `cancelled`. */
export async function importNames(
  store: Store,
  record: (names: NamesToRecord) => Recorded | Promise<Recorded>,
  path: string,
  { from, signal }: { from: NamesSource; signal?: AbortSignal },
): Promise<NamesImport> {
  const folder = realFolder(path);
  const groupIdByName = namedGroups(store);
  const groupIdOf = (name: string): string | null => groupIdByName.get(nameKey(name)) ?? null;
  const choice = {
    from,
    isExport: existsSync(join(folder, MANIFEST_NAME)),
    isKnown: (name: string) => groupIdOf(name) !== null,
  };
  const findPhotos = store.db.prepare<[string], { id: number }>('SELECT id FROM photos WHERE content_hash = ?');
  const nameByPhotoId = new Map<number, string>();
  let numUnknown = 0;
  try {
    for await (const photo of readNames(folder, { signal })) {
      const name = chooseName(photo, choice);
      if (name === null) continue;
      const found = findPhotos.all(photo.contentHash);
      if (found.length === 0) numUnknown++;
      // Of two copies with different names the first counts.
      for (const { id } of found) if (!nameByPhotoId.has(id)) nameByPhotoId.set(id, name);
    }
  } catch (error) {
    if (error instanceof PhotoError) throw new AppError('failed-precondition', error.message, { cause: error });
    throw error;
  }
  return { ...(await record({ nameByPhotoId, groupIdByKey: groupIdByName })), numUnknown };
}

/** Groups by their names and by the folders that an export gives them: `A/B` comes back from `A_B`. */
function namedGroups(store: Store): Map<string, string> {
  const groups = store.db
    .prepare<[], { id: string; name: string }>(
      'SELECT id, name FROM groups WHERE name IS NOT NULL AND merged_into IS NULL',
    )
    .all();
  const idByKey = new Map([...exportFolderNames(groups)].map(([id, folder]) => [nameKey(folder), id]));
  for (const { id, name } of groups) idByKey.set(nameKey(name), id);
  return idByKey;
}
