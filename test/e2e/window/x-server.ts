import { type ChildProcess, spawn } from 'node:child_process';

/** A screen without a monitor, for one window. */
export interface Screen {
  /** Its DISPLAY. */
  display: string;
  stop: () => void;
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
    stop: () => void server.kill(),
  };
}
