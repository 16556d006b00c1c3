import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { installProduct, oldElectronBinary } from '../electron/old-electron';

/** An Electron that starts the product. */
export interface FoundElectron {
  binary: string;
  /** False for the older Electron that stands in where the pinned one is not here. */
  isPinned: boolean;
}

const binaryByPlatform: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The pinned Electron, where it was fetched as a whole: its installer writes `path.txt` last. */
function pinnedElectronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const binary = join(folder, 'dist', binaryByPlatform[process.platform] ?? 'electron');
  return existsSync(join(folder, 'path.txt')) && existsSync(binary) ? binary : null;
}

export function findElectron(): FoundElectron | null {
  const pinned = pinnedElectronBinary();
  const binary = pinned ?? oldElectronBinary();
  return binary === null ? null : { binary, isPinned: pinned !== null };
}

let preparing: Promise<void> | null = null;

/** Makes the found Electron able to start what is built now; once per test process. */
export function prepareElectron({ isPinned }: FoundElectron): Promise<void> {
  return (preparing ??= isPinned ? Promise.resolve() : installProduct());
}

/** The reason why the window's tests cannot run here, or null where they can. */
export function whyNoWindow(): string | null {
  if (findElectron() === null) return 'There is no Electron here; npm run test:electron:fetch may bring one.';
  const needsScreen = process.platform === 'linux' && !existsSync('/usr/bin/Xvfb') && !process.env['DISPLAY'];
  return needsScreen ? 'There is no screen here, and no Xvfb.' : null;
}
