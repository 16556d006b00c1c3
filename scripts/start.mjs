/** @file `npm start -- [folder]`: the window; without the Electron binary, the page. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

import { buildIfStale, root } from './build-if-stale.mjs';

/** Electron's package names its binary, but fetches it only at its first start; it is looked for, never fetched, here. */
function electronBinary() {
  const folder = join(createRequire(import.meta.url).resolve('electron/package.json'), '..');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const binary = join(
    process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'),
    names[process.platform] ?? 'electron',
  );
  return existsSync(binary) ? binary : null;
}

buildIfStale();
const here = process.env.INIT_CWD ?? process.cwd();
const args = process.argv.slice(2).map((argument) => (argument.startsWith('-') ? argument : resolve(here, argument)));
const binary = electronBinary();
if (!binary) {
  process.stderr.write(
    'The Electron binary is not here, so Kindred opens in the browser (node_modules/.bin/install-electron may fetch it).\n',
  );
}
const child = binary
  ? spawn(binary, [root, ...args], { stdio: 'inherit' })
  : spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
