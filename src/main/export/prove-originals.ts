import { lstat } from 'node:fs/promises';

import { throwIfAborted } from '@shared/ipc/errors';
import type { OriginalsProof } from '@shared/model/library';

import { hashFile } from '../hash-file';
import { fsPath } from '../path-bytes';

/** A photo as it was when it was indexed. */
export interface KnownOriginal {
  /** Absolute path. */
  source: string;
  /** What the person reads. */
  path: string;
  contentHash: string;
  mtimeMs: number;
}

/** Two seconds are the coarsest file times in use (FAT). */
const SAME_TIME_MS = 2000;

/** Reads every original again and compares content and time with what was known when it was indexed. Writes nothing. */
export async function proveOriginals(
  originals: readonly KnownOriginal[],
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (numChecked: number, numTotal: number) => void } = {},
): Promise<OriginalsProof> {
  const proof: OriginalsProof = { numChecked: 0, numUnchanged: 0, changed: [] };
  for (const original of originals) {
    throwIfAborted(signal);
    const reason = await findChange(original, signal);
    if (reason === null) proof.numUnchanged++;
    else proof.changed.push({ path: original.path, reason });
    proof.numChecked++;
    onProgress?.(proof.numChecked, originals.length);
  }
  return proof;
}

async function findChange(
  { source, contentHash, mtimeMs }: KnownOriginal,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    const found = await lstat(fsPath(source));
    if (!found.isFile()) return 'It is no longer a file.';
    if ((await hashFile(source, signal)) !== contentHash) return 'Its content is another one.';
    return Math.abs(found.mtimeMs - mtimeMs) > SAME_TIME_MS
      ? 'Its time is another one; its content is the same.'
      : null;
  } catch (error) {
    throwIfAborted(signal);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'It is not there.' : 'It could not be read.';
  }
}
