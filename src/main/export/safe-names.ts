/** @file Names that Windows, macOS and Linux all take, and that stay distinct where a file system ignores case. */
import sanitize from 'sanitize-filename';

/** Bytes a folder's or file's name may have: below every file system's 255, with room for " (12)" and sync tools' endings. */
const MAX_FOLDER_BYTES = 120;
const MAX_FILE_BYTES = 200;

/** Signs that turn the reading direction make a name read as another one. */
const directionSigns = /[\u202a-\u202e\u2066-\u2069]/g;

function cleanName(name: string): string {
  const plain = name.toWellFormed().normalize('NFC').replace(directionSigns, '').replace(/\s+/g, ' ');
  const trimmed = plain.replace(/[. ]+$/, '').trim();
  // A device's name on Windows, with or without an extension, gets a sign of its own instead of vanishing.
  const usable = trimmed.replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, '$1_');
  const clean = sanitize(usable, { replacement: '_' }).replace(/^\.+/, '_').trim();
  return /^[_\s]*$/.test(clean) ? '' : clean;
}

/** Cuts a text at whole characters so that it has at most `limit` bytes in UTF-8. */
function cutToBytes(text: string, limit: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    end += character.length;
  }
  return text.slice(0, end).replace(/[. ]+$/, '');
}

/** A group's name as a folder's name; «Untitled» where nothing of it can be kept. */
export function safeFolderName(name: string): string {
  return cutToBytes(cleanName(name), MAX_FOLDER_BYTES) || 'Untitled';
}

/** A file's name made safe; its extension stays. */
export function safeFileName(name: string): string {
  const { stem, extension } = splitName(name);
  const ending = cleanName(`x${extension}`).slice(1);
  const start = cleanName(stem) || 'photo';
  return (cutToBytes(start, MAX_FILE_BYTES - Buffer.byteLength(ending)) || 'photo') + ending;
}

/**
 * `name (2).jpg` for `name.jpg`; the first is the name itself.
 *
 * @param stemLength Where the number goes, for names with more than one ending (`name (2).jpg.xmp`).
 */
export function numberedName(name: string, number: number, stemLength = splitName(name).stem.length): string {
  return number <= 1 ? name : `${name.slice(0, stemLength)} (${number})${name.slice(stemLength)}`;
}

/** A name and its extension, dot included; '' where there is none. */
export function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const isExtension = dot > 0 && name.length - dot <= 12;
  return isExtension ? { stem: name.slice(0, dot), extension: name.slice(dot) } : { stem: name, extension: '' };
}

/** Two names with the same key cannot both be in one folder everywhere. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().toUpperCase();
}

/**
 * Gives every group a folder name of its own. Groups whose names come out alike are numbered in the order of their ids, so that the
 * same groups get the same folders in every export.
 *
 * @returns Folder name by group id.
 */
export function exportFolderNames(groups: readonly { id: string; name: string }[]): Map<string, string> {
  const folderById = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id, name } of [...groups].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const base = safeFolderName(name);
    let folder = base;
    for (let number = 2; taken.has(nameKey(folder)); number++) folder = `${base} (${number})`;
    taken.add(nameKey(folder));
    folderById.set(id, folder);
  }
  return folderById;
}
