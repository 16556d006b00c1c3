import { constants } from 'node:fs';
import { access, realpath, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { absolutePath } from '../typed-path';

/** A chosen destination as it is on the disk; it need not exist yet. */
export interface Destination {
  /** Absolute, links resolved as far as it exists. */
  path: string;
  /** The destination itself, or the nearest folder above it that exists. */
  existing: string;
  freeBytes: number | null;
  /** Of the drive it is on. */
  device: number;
}

/** @throws {AppError} `invalid-argument` when it is not a whole path. */
export async function findDestination(chosen: string): Promise<Destination> {
  let existing = absolutePath(chosen);
  const missing: string[] = [];
  for (;;) {
    try {
      existing = await realpath(existing);
      break;
    } catch {
      const parent = dirname(existing);
      if (parent === existing) break;
      missing.unshift(basename(existing));
      existing = parent;
    }
  }
  const { dev } = await stat(existing);
  const space = await statfs(existing).catch(() => null);
  return {
    path: join(existing, ...missing),
    existing,
    freeBytes: space ? space.bavail * space.bsize : null,
    device: dev,
  };
}

/**
 * Says why nothing can be written here; empty when it can. Folders are compared by what they are (drive and inode), not by how
 * they are spelled, so a link or another spelling in upper and lower case does not hide that two are the same.
 */
export async function checkDestination(
  destination: Destination,
  libraryFolders: readonly string[],
  neededBytes: number,
): Promise<string[]> {
  const problems: string[] = [];
  for (const folder of libraryFolders) {
    if (await isWithin(destination.existing, folder)) {
      problems.push(`The destination lies inside the photo folder ${folder}. Choose a place outside of it.`);
    } else if (destination.existing === destination.path && (await isWithin(folder, destination.path))) {
      problems.push(`The photo folder ${folder} lies inside the destination. Choose another place.`);
    }
  }
  const kind = await stat(destination.existing);
  if (!kind.isDirectory()) problems.push('The destination is a file, not a folder.');
  else {
    await access(destination.existing, constants.W_OK | constants.X_OK).catch(() => {
      problems.push('You do not have permission to write to the destination.');
    });
  }
  if (destination.freeBytes !== null && neededBytes > destination.freeBytes) {
    problems.push(
      `There is not enough space: ${describeBytes(neededBytes)} are needed, ${describeBytes(destination.freeBytes)} are free.`,
    );
  }
  return problems;
}

function describeBytes(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : (['GB', 1e9] as const);
  return `${(bytes / Number(size)).toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`;
}

/** True when `inner` is `outer` or lies anywhere below it. False where one of them is not there (an unplugged drive). */
async function isWithin(inner: string, outer: string): Promise<boolean> {
  try {
    const target = await stat(outer);
    for (let at = await realpath(inner); ; at = dirname(at)) {
      const { dev, ino } = await stat(at);
      if (dev === target.dev && ino === target.ino) return true;
      if (dirname(at) === at) return false;
    }
  } catch {
    return false;
  }
}
