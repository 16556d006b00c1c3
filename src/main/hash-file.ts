import { createHash, hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

import { throwIfAborted } from '@shared/ipc/errors';

import { fsPath } from '@main/path-bytes';

const PIECE_BYTES = 1 << 20;

/** SHA-256 of a file, hex, read in pieces of a megabyte. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const file = await open(fsPath(path), 'r');
  try {
    return await hashOpenFile(file, signal);
  } finally {
    await file.close();
  }
}

export async function hashOpenFile(file: FileHandle, signal?: AbortSignal): Promise<string> {
  const digest = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (let position = 0; ;) {
    throwIfAborted(signal);
    const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, position);
    if (bytesRead === 0) return digest.digest('hex');
    digest.update(piece.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** SHA-256 of a text as UTF-8, hex. */
export function hashText(text: string): string {
  return hash('sha256', text);
}
