/** @file Puts together what Electron calls the resources of a program: Kindred itself, and the Node that runs it. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { formatNotices, shippedPackages } from './notices.ts';
import { shippedFiles, type Target } from './shipped-files.ts';

/**
 * Writes `app/` and `node/` into a folder. Nothing is packed into an archive: native modules and networks are opened by their path, and plain Node
 * reads no asar.
 */
export async function writeResources(root: string, folder: string, target: Target): Promise<void> {
  const files = await shippedFiles(root, target);
  const app = join(folder, 'app');
  for (const { path } of files) copy(join(root, path), join(app, path));
  for (const name of ['LICENSE', 'NOTICE']) copy(join(root, name), join(app, name));
  writeFileSync(join(app, 'package.json'), appManifest(readFileSync(join(root, 'package.json'), 'utf8')));
  // Packages with binaries of one system differ from those that the committed notices name.
  writeFileSync(join(app, 'resources/notices.txt'), formatNotices(shippedPackages(root, files)));
  const node = target.platform === 'win32' ? 'node.exe' : 'node';
  const nodeFolder = target.platform === 'win32' ? 'node' : 'node/bin';
  copy(join(root, 'node_modules/node/bin', node), join(folder, nodeFolder, node));
  copy(join(root, 'packaging/licences/node.txt'), join(folder, 'node/LICENSE'));
}

/** What Electron and Node read of the manifest. Scripts and dependencies mean nothing in an installed program. */
export function appManifest(projectManifest: string): string {
  const { name, version, description, license, type, main } = JSON.parse(projectManifest) as Record<string, string>;
  return `${JSON.stringify({ name, version, description, license, private: true, type, main }, null, 2)}\n`;
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true });
}
