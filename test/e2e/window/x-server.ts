import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** A screen without a monitor, for one window. */
export interface Screen {
  /** Its DISPLAY. */
  display: string;
  /** Presses keys one after the other, such as `F2` or `ctrl+shift+z`, through the X server: menus and accelerators see them too. */
  press: (...combos: string[]) => void;
  stop: () => void;
}

const keysScript = resolve('test/e2e/window/x-keys.py');
/** Debian's own Python, which has the package python3-xlib. */
const python = '/usr/bin/python3';

/** The reason why no keys can be pressed through an X server here, or null where they can. */
export function whyNoKeys(): string | null {
  if (process.platform !== 'linux') return 'There is no X server here.';
  const hasXlib = spawnSync(python, ['-c', 'import Xlib.ext.xtest']).status === 0;
  return hasXlib ? null : 'python3-xlib is not here.';
}

/** Starts an X server of its own, on a number that is free. */
export async function startScreen(): Promise<Screen> {
  const args = ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp', '-noreset'];
  const server: ChildProcess = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((found, reject) => {
    server.stdio[3]!.once('data', (data: Buffer) => found(String(data).trim()));
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
  });
  const display = `:${number}`;
  return {
    display,
    press: (...combos) => {
      const env = { ...process.env, DISPLAY: display };
      const { status, stderr } = spawnSync(python, [keysScript, ...combos], { encoding: 'utf8', env });
      if (status !== 0) throw new Error(`No key was pressed: ${stderr}`);
    },
    stop: () => void server.kill(),
  };
}
