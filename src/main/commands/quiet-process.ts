import { spawn } from 'node:child_process';

import { createLogger } from '../log';
import { dataDir } from '../library-paths';

const INNER = 'KINDRED_QUIET';

/**
 * Runs this same command again in a process whose standard error goes to the log: native libraries write hundreds of lines there as they load, and
 * nothing inside a process can stop them.
 *
 * @returns False in that inner process, which does the work.
 */
export async function ranQuietly(): Promise<boolean> {
  if (process.env[INNER] !== undefined) return false;
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: ['inherit', 'inherit', 'pipe'],
    env: { ...process.env, [INNER]: '1' },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  if (said !== '') createLogger(dataDir())('info', said.trimEnd());
  // Without a result, what it said is all there is.
  if (code !== 0) process.stderr.write(said);
  process.exitCode = code;
  return true;
}
