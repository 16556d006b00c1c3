import { existsSync } from 'node:fs';

import { databaseFile } from '../library-paths';
import { findDamage, isDatabaseLost } from '../store/find-damage';
import { repairLibrary } from '../store/repair-library';
import { libraryDirOf, print } from './command-context';

export interface RepairOptions {
  library?: string;
  /** Also where no damage is found. */
  force?: boolean;
  json?: boolean;
}

/** `kindred repair`: looks for damage in a library and makes it anew from its safety copy. */
export function repair(options: RepairOptions): void {
  const dir = libraryDirOf([], options.library);
  const file = databaseFile(dir);
  const damage = existsSync(file) && !isDatabaseLost(file) ? findDamage(file) : 'The database is not there.';
  if (damage === null && options.force !== true) {
    print(
      options.json,
      { library: dir, damage, repaired: null },
      () => `The library in ${dir} is whole: nothing to repair.`,
    );
    return;
  }
  const repaired = repairLibrary(dir);
  print(options.json, { library: dir, damage, repaired }, () =>
    [
      `The library was made anew from ${repaired.copyFile}.`,
      `${repaired.numNames} names and ${repaired.numCorrections} corrections are back. Scan the folder again: photos are found by their content.`,
      ...(repaired.asideFile === null ? [] : [`The damaged database is kept as ${repaired.asideFile}.`]),
    ].join('\n'),
  );
}
