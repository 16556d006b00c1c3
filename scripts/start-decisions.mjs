/** @file What `npm start` decides, without doing it: window or page, and why. */

/**
 * Why no window can open on this machine whatever is fetched; null where one can.
 *
 * @param {{ platform: string, env: Record<string, string | undefined>, uid: number | undefined }} machine
 */
export function whyNoWindow({ platform, env, uid }) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no screen here';
  if (uid === 0) return 'Electron does not start as root, which cannot use its sandbox';
  return null;
}

/**
 * What an ended Electron means. It refuses at once; a window that was used ends later, and then with its own code.
 *
 * @param {{ code: number | null, ms: number }} end
 * @returns {'ended' | 'refused'}
 */
export function judgeEnd({ code, ms }) {
  // 2 is the program's own word for wrong arguments.
  return code === 0 || code === 2 || ms > REFUSES_WITHIN_MS ? 'ended' : 'refused';
}
const REFUSES_WITHIN_MS = 5_000;

/**
 * Whether Electron is here as a whole: its installer writes the binary, then `version`, and `path.txt` last.
 *
 * @param {{ hasBinary: boolean, version: string | null, hasPath: boolean }} found
 * @param {string} wanted
 */
export function isWhole({ hasBinary, version, hasPath }, wanted) {
  return hasBinary && hasPath && version?.trim().replace(/^v/, '') === wanted;
}

/**
 * The reason of a failed fetch, as one line for a person.
 *
 * @param {{ code: number | null, signal: string | null, said: string, isLate: boolean }} end
 */
export function whyNotFetched({ code, signal, said, isLate }) {
  if (isLate) return 'it could not be fetched within ten minutes';
  if (signal) return 'fetching it was stopped';
  const errorLine = said.split('\n').find((line) => /error|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN/i.test(line));
  return `it could not be fetched (${errorLine?.trim().slice(0, 160) ?? `exit code ${code}`})`;
}
