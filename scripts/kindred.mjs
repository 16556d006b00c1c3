/** @file `npm run -s kindred -- <command> …`: builds when needed, then runs the command line on Node 24. */
import './require-node.mjs';

import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { buildIfStale, root } from './build-if-stale.mjs';

buildIfStale();
const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  // Relative folders on the command line mean relative to where the person stands, not to the checkout.
  cwd: process.env.INIT_CWD ?? process.cwd(),
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
