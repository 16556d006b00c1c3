/** @file `npm start -- [folder]`: the window; where it cannot be had, the page, and one line that says why. */
import './require-node.mjs';

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { buildIfStale, root } from './build-if-stale.mjs';
import { fetchElectron, findElectron } from './electron-binary.mjs';
import { judgeEnd, whyNoWindow } from './start-decisions.mjs';

// Relative folders mean relative to where the person stands, not to the checkout. The programs read the arguments themselves.
const cwd = process.env.INIT_CWD ?? process.cwd();
const args = process.argv.slice(2);

function run(command, commandArgs) {
  // A shell inside an Electron program would start this Electron as plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = { ...process.env, KINDRED_NODE: process.execPath };
  const startedMs = performance.now();
  const child = spawn(command, commandArgs, { stdio: 'inherit', cwd, env });
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
  return new Promise((done) => {
    const end = (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, pass);
      done({ code: signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : code, ms: performance.now() - startedMs });
    };
    child.once('error', () => end(1, null)).once('exit', end);
  });
}

buildIfStale();
let why = whyNoWindow({ platform: process.platform, env: process.env, uid: process.getuid?.() });
if (why === null && !findElectron()) why = await fetchElectron();
if (why === null) {
  const end = await run(findElectron(), [root, ...args]);
  if (judgeEnd(end) === 'ended') process.exit(end.code ?? 1);
  why = 'Electron did not start';
}
process.stderr.write(`Kindred opens in the browser, not in a window: ${why}.\n`);
process.exit((await run(process.execPath, [join(root, 'out/main/cli.js'), 'serve', ...args])).code ?? 1);
