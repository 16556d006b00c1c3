/**
 * @file Paths as text that lose nothing.
 *
 * [Note: Names that are no text] On Linux a name is any bytes. Those that are not UTF-8 are kept as `�` and two hexadecimal digits each, and so
 * are the bytes of a real `�`: no two names meet in one text, and every text leads back to its bytes. This is the only place that knows. What
 * opens a file asks for `fsPath`, what shows a path to a person asks for `shownPath`.
 */
import { isUtf8 } from 'node:buffer';

const MARK = '\ufffd';
const ESCAPED = /\ufffd([0-9a-f]{2})/g;

/** A name as the file system gave it, as text. */
export function nameOfBytes(name: Buffer): string {
  if (isUtf8(name) && !name.includes(MARK)) return name.toString('utf8');
  let text = '';
  for (let at = 0; at < name.length;) {
    const length = validLength(name, at);
    text += length > 0 ? name.toString('utf8', at, at + length) : MARK + name.toString('hex', at, at + 1);
    at += Math.max(1, length);
  }
  return text;
}

/** Bytes of the character at a place; 0 where there is none, or where it is the mark itself. */
function validLength(name: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= name.length; length++) {
    const character = name.subarray(at, at + length);
    if (isUtf8(character)) return character.toString('utf8') === MARK ? 0 : length;
  }
  return 0;
}

/** What the file system is asked for. */
export function fsPath(path: string): string | Buffer {
  if (!path.includes(MARK)) return path;
  const parts: Buffer[] = [];
  let end = 0;
  for (const match of path.matchAll(ESCAPED)) {
    parts.push(Buffer.from(path.slice(end, match.index)), Buffer.from(match[1]!, 'hex'));
    end = match.index + match[0].length;
  }
  return Buffer.concat([...parts, Buffer.from(path.slice(end))]);
}

/** A path for people: without the former place of a photo that was set aside, and one `�` for each byte that is no text. */
export function shownPath(path: string): string {
  return path.replace(/^\/\d+\//, '').replaceAll(ESCAPED, MARK);
}
