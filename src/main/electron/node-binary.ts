import { join } from 'node:path';

/** Where to look for the Node that runs the host. */
export interface NodePlaces {
  isPackaged: boolean;
  /** `process.resourcesPath`: beside the installed program's own files. */
  resourcesPath: string;
  /** `app.getAppPath()`: the checkout. */
  appPath: string;
  platform: NodeJS.Platform;
  /** `KINDRED_NODE`: the Node that a script of the checkout runs on. */
  given?: string | undefined;
}

/**
 * The Node that runs the host and its workers: never Electron's own. An installed program brings one, at `resources/node/bin/node` (`resources/node/node.exe`
 * on Windows); a checkout has the one of the npm package `node`.
 */
export function nodeBinary({ isPackaged, resourcesPath, appPath, platform, given }: NodePlaces): string {
  if (isPackaged) return join(resourcesPath, 'node', ...(platform === 'win32' ? ['node.exe'] : ['bin', 'node']));
  return given ?? join(appPath, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node');
}
