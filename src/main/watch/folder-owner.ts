import { relative, sep } from 'node:path';

/**
 * @file [Note: Folders inside folders] A library may have a folder and another inside it. A file that both hold is one photo: of the folder
 * that was added first, so that adding another never takes photos, with their names and corrections, away from where they are.
 */
interface Folder {
  id: number;
  /** Absolute, links resolved. */
  path: string;
}

/** Whether `inner` is `outer` or lies in it. */
export function isInside(inner: string, outer: string): boolean {
  const way = relative(outer, inner);
  return way === '' || (!way.startsWith('..') && !/^([a-z]:|[/\\])/i.test(way));
}

/** The way from a folder to a path in it, '/' between parts. */
export function pathIn(folder: Folder, path: string): string {
  return relative(folder.path, path).split(sep).join('/');
}

/** The folder that has what lies at a path: of those that hold it the first. */
export function ownerOf<T extends Folder>(folders: readonly T[], path: string): T | undefined {
  return folders.filter((folder) => isInside(path, folder.path)).sort((a, b) => a.id - b.id)[0];
}

/** Parts of a folder, by their paths in it, that belong to folders which were added before. */
export function partsOfOthers(folders: readonly Folder[], folder: Folder): Set<string> {
  const others = folders.filter((other) => other.id < folder.id && isInside(other.path, folder.path));
  return new Set(others.map((other) => pathIn(folder, other.path)));
}
