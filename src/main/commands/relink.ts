import { resolve } from 'node:path';

import { AppError } from '@shared/ipc/errors';

import { openCommandLibrary, print } from './command-context';

export interface RelinkOptions {
  library?: string;
  json?: boolean;
}

/** `kindred relink`: tells a library that one of its folders is somewhere else now. */
export async function relink(from: string, to: string, options: RelinkOptions): Promise<void> {
  const library = openCommandLibrary([], options.library);
  try {
    const folders = library.store.library.folders();
    const folder = folders.find(({ path }) => path === resolve(from));
    if (!folder) {
      const known = folders.map(({ path }) => `  ${path}`).join('\n');
      throw new AppError('not-found', `The library has no folder “${resolve(from)}”. Its folders are:\n${known}`);
    }
    await library.relink({ folderId: folder.id, path: to });
    const path = library.store.library.folders().find(({ id }) => id === folder.id)!.path;
    print(options.json, { library: library.dir, from: folder.path, to: path }, () => `${folder.path} is ${path} now.`);
  } finally {
    await library.close();
  }
}
