/**
 * @file [Note: Whose companion a file is] Programs put files beside photos and name them after the photo, each in its own way:
 *
 * - `X.jpg.xmp` names its photo in full, `X.xmp` (and the RAW `X.CR2`, the clip `X.MOV`) without the extension;
 * - darktable writes a second development of `X.jpg` to `X_01.jpg.xmp`;
 * - Google Takeout writes `X.jpg.json` or `X.jpg.supplemental-metadata.json`, cuts what comes before `.json` to 46 characters, and writes
 *   `X.jpg(1).json` for the photo `X(1).jpg`.
 *
 * A file belongs to the photo whose name it says most fully. Names are compared as one file system would compare them with another's
 * (composed or decomposed letters, large or small ones), but where several photos fit, the one that is spelled alike comes first.
 */
import { type Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

import { fsPath, nameOfBytes } from '@main/path-bytes';

import { extensionOf, isPictureName, kindOf } from './formats';

/** Live Photos and motion pictures keep their clip beside the picture. */
const clipExtensions = new Set(['mov', 'mp4']);

/** So many characters Takeout leaves before `.json`. */
const TAKEOUT_LENGTH = 46;
const TAKEOUT_ENDING = '.supplemental-metadata';

/** What a companion says of its photo: the whole name, the name without its extension, or as much as Takeout left of it. */
interface Reference {
  part: 'name' | 'stem' | 'cut';
  text: string;
}

/** Who belongs to whom in one folder. */
export interface FolderCompanions {
  /** The files that go with a photo, in the order of their names. */
  of: (photo: string) => string[];
}

/** Reads a folder; one that cannot be read has no companions. */
export async function readFolderCompanions(folder: string): Promise<FolderCompanions> {
  const entries: Dirent<Buffer>[] = await readdir(fsPath(folder), { withFileTypes: true, encoding: 'buffer' }).catch(
    () => [],
  );
  return matchCompanions(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => nameOfBytes(name)));
}

/** Gives every companion among the names of one folder to its photo, or to each of those it fits alike (a JPEG and its RAW). */
export function matchCompanions(names: readonly string[]): FolderCompanions {
  const photosByKey = new Map<string, string[]>();
  for (const name of names) {
    if (!isPictureName(name) && kindOf(name) !== 'unknown') continue;
    for (const part of ['name', 'stem', 'cut'] as const)
      push(photosByKey, keyOf({ part, text: partOf(name, part) }), name);
  }
  const companionsByPhoto = new Map<string, string[]>();
  for (const name of [...names].sort()) {
    for (const reference of referencesOf(name)) {
      const photos = (photosByKey.get(keyOf(reference)) ?? []).filter((photo) => photo !== name);
      for (const photo of closest(photos, reference)) push(companionsByPhoto, photo, name);
      if (photos.length > 0) break;
    }
  }
  return { of: (photo) => companionsByPhoto.get(photo) ?? [] };
}

/** What follows the photo's name without its extension: `.xmp`, `.jpg.xmp`; null where the companion begins otherwise. */
export function endingOf(photo: string, companion: string): string | null {
  const stem = withoutExtension(photo).normalize('NFC');
  const name = companion.normalize('NFC');
  return fold(name.slice(0, stem.length)) === fold(stem) ? name.slice(stem.length) : null;
}

/** What a name says of its photo, the fullest first; nothing where it is no companion. */
function referencesOf(name: string): Reference[] {
  if (name.startsWith('.')) return [];
  const outer = withoutExtension(name);
  if (kindOf(name) === 'raw' || clipExtensions.has(extensionOf(name))) return [{ part: 'stem', text: outer }];
  if (kindOf(name) !== 'sidecar') return [];
  if (isPictureName(outer)) return [{ part: 'name', text: outer }, ...darktableReferences(name, outer)];
  return [...(extensionOf(name) === 'json' ? takeoutReferences(outer) : []), { part: 'stem', text: outer }];
}

function darktableReferences(name: string, outer: string): Reference[] {
  const match = extensionOf(name) === 'xmp' ? /^(.+)_\d\d(\.[^.]+)$/.exec(outer) : null;
  return match ? [{ part: 'name', text: match[1]! + match[2]! }] : [];
}

function takeoutReferences(outer: string): Reference[] {
  const [, text, number] = /^(.*?)(\(\d+\))?$/s.exec(outer) as unknown as [string, string, string | undefined];
  const dot = text.lastIndexOf('.');
  const rest = text.slice(dot);
  const photo = dot > 0 && TAKEOUT_ENDING.startsWith(rest) ? text.slice(0, dot) : text;
  if (isPictureName(photo)) {
    const stem = withoutExtension(photo);
    return [{ part: 'name', text: stem + (number ?? '') + photo.slice(stem.length) }];
  }
  return number === undefined && text.length >= TAKEOUT_LENGTH ? [{ part: 'cut', text }] : [];
}

function partOf(photo: string, part: Reference['part']): string {
  if (part === 'cut') return photo.slice(0, TAKEOUT_LENGTH);
  return part === 'stem' ? withoutExtension(photo) : photo;
}

/** Of the photos that fit, those that are spelled most like it. */
function closest(photos: readonly string[], { part, text }: Reference): readonly string[] {
  const spellings = [(value: string) => value, (value: string) => value.normalize('NFC')];
  for (const spell of spellings) {
    const alike = photos.filter((photo) => spell(partOf(photo, part)) === spell(text));
    if (alike.length > 0) return alike;
  }
  return photos;
}

function keyOf({ part, text }: Reference): string {
  return `${part} ${fold(text)}`;
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function withoutExtension(name: string): string {
  const extension = extensionOf(name);
  return extension === '' ? name : name.slice(0, name.length - extension.length - 1);
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
