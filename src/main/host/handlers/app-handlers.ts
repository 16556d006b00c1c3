import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, parse } from 'node:path';

import { AppError } from '@shared/ipc/errors';
import type { FolderListing } from '@shared/model/library';

import packageJson from '../../../../package.json' with { type: 'json' };
import { kindOf } from '../../images/formats';
import { licenceFile, noticesFile } from '../../paths';
import { realFolder } from '../../library-paths';
import type { HandlersOf } from './handlers-of';

const MAX_COUNTED = 1000;

/** What the host itself can do, and choosing a folder. */
export const appHandlers: HandlersOf<'app' | 'folder'> = ({ door, log }) => ({
  'app.capabilities': () => ({
    version: packageJson.version,
    door: door.kind,
    canPickFolder: door.pickFolder !== undefined,
    canReveal: door.openPath !== undefined,
    canShowInFolder: door.showInFolder !== undefined,
  }),

  'app.notices': async () => {
    const [licence, notices] = await Promise.all([licenceFile(), noticesFile()].map((file) => readFile(file, 'utf8')));
    return { version: packageJson.version, licence: licence!, notices: notices! };
  },

  'app.reportError': ({ text }) => {
    log('error', `window: ${text}`);
    return {};
  },

  'folder.pick': async ({ title }) => {
    if (!door.pickFolder) throw new AppError('failed-precondition', 'There is no folder dialog here.');
    return { path: await door.pickFolder(title) };
  },

  'folder.browse': async ({ path }): Promise<FolderListing> => {
    const folder = realFolder(path ?? homedir());
    let entries;
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      throw new AppError('failed-precondition', `“${folder}” cannot be read.`, { cause: error });
    }
    const folders = entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => ({ name: entry.name, path: join(folder, entry.name) }))
      .sort((a, b) => a.name.localeCompare(b.name));
    const pictures = entries.filter((entry) => entry.isFile() && isPhotoName(entry.name));
    const root = parse(folder).root;
    return {
      path: folder,
      parent: folder === root ? null : dirname(folder),
      folders,
      numPictures: Math.min(pictures.length, MAX_COUNTED),
      places: [
        { name: 'Home', path: homedir() },
        { name: 'Computer', path: root },
      ],
    };
  },
});

function isPhotoName(name: string): boolean {
  const kind = kindOf(name);
  return kind === 'photo' || kind === 'raw';
}
