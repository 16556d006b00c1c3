import type { NamesSource } from '@shared/model/group';

import { absolutePath } from '../typed-path';
import { abortOnInterrupt } from './abort-on-interrupt';
import { openCommandLibrary, print } from './command-context';

export interface ImportOptions {
  library?: string;
  from?: NamesSource;
  json?: boolean;
}

/** `kindred import`: takes names and corrections back from a folder that was exported or keyworded. */
export async function importCommand(folder: string, options: ImportOptions): Promise<void> {
  const library = openCommandLibrary([], options.library);
  try {
    const result = await abortOnInterrupt((signal) =>
      library.importNames(absolutePath(folder, process.cwd()), { from: options.from ?? 'auto', signal }),
    );
    const json = {
      placed: result.numPlaced,
      groups_named: result.numNamed,
      groups_made: result.numMade,
      kept: result.numKept,
      unknown: result.numUnknown,
      history_id: result.entry?.id ?? null,
    };
    print(options.json, json, () =>
      [
        `${json.placed} photos placed, ${json.groups_named} groups named, ${json.groups_made} groups made.`,
        ...(json.kept > 0 ? [`${json.kept} photos stay where you put them before.`] : []),
        ...(json.unknown > 0 ? [`${json.unknown} photos are not in this library.`] : []),
      ].join('\n'),
    );
  } finally {
    await library.close();
  }
}
