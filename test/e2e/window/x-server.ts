import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** A screen without a monitor, for one window. */
export interface Screen {
  /** Its DISPLAY. */
  display: string;
  /** Presses keys one after the other, such as `F2` or `ctrl+shift+z`, as a keyboard would: menus and accelerators see them. */
  press: (...combos: string[]) => void;
  stop: () => void;
}

const keysScript = resolve('test/e2e/window/x-keys.py');

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
      // Debian's own Python has python3-xlib.
      const done = spawnSync('/usr/bin/python3', [keysScript, ...combos], {
        encoding: 'utf8',
        env: { ...process.env, DISPLAY: display },
      });
      if (done.status !== 0) throw new Error(`No key was pressed: ${done.stderr}`);
    },
    stop: () => void server.kill(),
  };
}
