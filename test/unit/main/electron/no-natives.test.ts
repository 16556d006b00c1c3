/** @file Electron's main process loads no native module: on Linux it has another GLib in it than sharp brings. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../../..');
const IMPORT =
  /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** Every package that a source file needs at run time, over all files it imports. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const match of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const wanted = (match[1] ?? match[2])!;
      const base = wanted.startsWith('.')
        ? resolve(dirname(file), wanted)
        : wanted.startsWith('@shared/')
          ? join(root, 'src/shared', wanted.slice('@shared/'.length))
          : null;
      if (base === null) packages.add(wanted);
      else visit([base, `${base}.ts`, join(base, 'index.ts')].find((name) => existsSync(name) && /\.\w+$/.test(name))!);
    }
  };
  visit(join(root, entry));
  return packages;
}

it('is true of what the main process imports', () => {
  const packages = [...packagesOf('src/main/index.ts')].filter((name) => !name.startsWith('node:'));
  expect(packages.sort()).toEqual(['commander', 'electron', 'env-paths', 'sanitize-filename', 'zod']);
});

it('would be noticed: the host imports them', () => {
  const packages = packagesOf('src/main/host.ts');
  for (const native of ['sharp', 'better-sqlite3']) expect(packages).toContain(native);
  expect(packages).not.toContain('electron');
});
