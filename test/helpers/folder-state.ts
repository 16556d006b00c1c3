import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Hash, size and times of every file below a folder, by relative path: two equal states, nothing was touched. */
export function folderState(
  root: string,
): Record<string, { sha256: string; mtimeMs: number; ctimeMs: number; mode: number }> {
  const state: ReturnType<typeof folderState> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mtimeMs, ctimeMs, mode } = lstatSync(path);
    state[path.slice(root.length + 1)] = { sha256: sha256Of(path), mtimeMs, ctimeMs, mode };
  }
  return state;
}

export function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
