import { homedir } from 'node:os';
import { isAbsolute, join, normalize, resolve } from 'node:path';

import { AppError } from '@shared/ipc/errors';

/**
 * The path that a person means by what they typed: `~` is their home folder.
 *
 * @param from The folder they stand in, where they stand in one: on the command line. In the window nobody stands anywhere, and the program's
 *   own folder is no place that a person means.
 * @returns An absolute path.
 * @throws {AppError} `invalid-argument` for a relative path without `from`.
 */
export function absolutePath(typed: string, from: string | null = null): string {
  if (typed === '~') return homedir();
  if (/^~[/\\]/.test(typed)) return join(homedir(), typed.slice(2));
  if (isAbsolute(typed)) return normalize(typed);
  if (from !== null) return resolve(from, typed);
  throw new AppError(
    'invalid-argument',
    `“${typed}” is not a whole path. Type one that starts at the top, such as ${join(homedir(), typed)}.`,
  );
}
