/**
 * @file `npm run package [-- --electron-dist DIR] [--fast]`: makes the installers of the system it runs on, into `dist/`. On Linux that is a .deb and
 * a .tar.gz; for macOS and Windows electron-builder makes them out of the same resources. Prints what is in the program, by weight.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { drawIcon, iconFile } from './icon.ts';
import { type LinuxJob, packDeb, packTar, writeProgram } from './linux.ts';
import { writeResources } from './resources-folder.ts';
import { folderSizeBytes, weighResources, weightTable } from './weights.ts';

/** Not a dependency: its 275 packages are needed by nobody who only runs or changes Kindred. */
const ELECTRON_BUILDER = 'electron-builder@26.17.0';

const root = join(import.meta.dirname, '..');
const { version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  devDependencies: { electron: string };
};
const { values } = parseArgs({
  options: { 'electron-dist': { type: 'string' }, fast: { type: 'boolean', default: false } },
});
const outDir = join(root, 'dist');

async function packageForLinux(): Promise<void> {
  const electronDist = resolve(
    values['electron-dist'] ?? process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist'),
  );
  if (!existsSync(join(electronDist, 'electron'))) {
    throw new Error(
      `There is no Electron in ${electronDist}. Run node_modules/.bin/install-electron, or name an unpacked release with --electron-dist.`,
    );
  }
  mkdirSync(outDir, { recursive: true });
  const job: LinuxJob = { root, electronDist, outDir, version, arch: process.arch, isFast: values.fast };
  const program = await writeProgram(job);
  const resources = join(program, 'resources');
  const weights = weightTable(weighResources(resources), folderSizeBytes(program) - folderSizeBytes(resources));
  for (const file of [packTar(job, program), await packDeb(job, program)]) {
    process.stdout.write(`${relative(process.cwd(), file)}\n`);
  }
  process.stdout.write(weights);
}

/** electron-builder fetches the pinned Electron, signs, and makes the installer. It has never been run on these systems. */
async function packageWithElectronBuilder(): Promise<void> {
  const resources = join(outDir, 'resources');
  rmSync(resources, { recursive: true, force: true });
  await writeResources(root, resources, { platform: process.platform, arch: process.arch });
  process.stdout.write(weightTable(weighResources(resources), 0));
  await drawIcon(iconFile(root), 1024, join(outDir, 'icon.png'));
  const args = ['--yes', ELECTRON_BUILDER, '--config', 'packaging/electron-builder.yml', '--publish', 'never'];
  const electron = [`-c.electronVersion=${devDependencies.electron}`];
  const { status } = spawnSync('npx', [...args, ...electron], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('electron-builder failed.');
}

await (process.platform === 'linux' ? packageForLinux() : packageWithElectronBuilder());
