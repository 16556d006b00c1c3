/** @file Finds the Electron of the checkout, and fetches it with Electron's own installer where it is missing or half there. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { isWhole, whyNotFetched } from './start-decisions.mjs';

/** About 120 MB: a line that is too slow for this is better used another time. */
const FETCH_LIMIT_MS = 10 * 60_000;
const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

const packageFile = createRequire(import.meta.url).resolve('electron/package.json');
const folder = dirname(packageFile);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8'));

/** @returns {string | null} */
export function findElectron() {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const dist = given ?? join(folder, 'dist');
  const binary = join(dist, names[process.platform] ?? 'electron');
  if (given) return existsSync(binary) ? binary : null;
  const found = {
    hasBinary: existsSync(binary),
    version: existsSync(join(dist, 'version')) ? readFileSync(join(dist, 'version'), 'utf8') : null,
    hasPath: existsSync(join(folder, 'path.txt')),
  };
  return isWhole(found, version) ? binary : null;
}

/** @returns {Promise<string | null>} Why it could not be fetched; null when it is here. */
export async function fetchElectron() {
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) return 'Electron is not here, and is not to be fetched';
  process.stderr.write(
    `Fetching Electron ${version}, once (about 120 MB). Ctrl+C opens Kindred in the browser instead.\n`,
  );
  // What is half there would count as whole to the installer.
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  rmSync(join(folder, 'path.txt'), { force: true });
  const installer = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  let said = '';
  let isLate = false;
  installer.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  const startedMs = performance.now();
  const ticker = setInterval(() => {
    process.stderr.write(`Still fetching Electron, ${Math.round((performance.now() - startedMs) / 1000)} s …\n`);
  }, 15_000);
  const timer = setTimeout(() => {
    isLate = true;
    installer.kill();
  }, FETCH_LIMIT_MS);
  const stop = () => installer.kill();
  process.once('SIGINT', stop);
  const [code, signal] = await new Promise((done) => {
    installer.once('error', (error) => done([1, null, (said = error.message)]));
    installer.once('exit', (exitCode, exitSignal) => done([exitCode, exitSignal]));
  });
  clearTimeout(timer);
  clearInterval(ticker);
  process.off('SIGINT', stop);
  return code === 0 && findElectron() ? null : whyNotFetched({ code, signal, said, isLate });
}
