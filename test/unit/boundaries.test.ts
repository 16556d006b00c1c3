import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { describe, expect, it } from 'vitest';

import { temporaryFolder } from '../helpers/temporary-folder';

const root = join(import.meta.dirname, '..', '..');

/** Rules that the imports of a tree break, each once. */
async function brokenRules(baseDir: string): Promise<string[]> {
  const { forbidden, options } = await extractConfig(join(root, '.dependency-cruiser.mjs'));
  const { output } = await cruise(
    ['src'],
    {
      ...options,
      ruleSet: { forbidden },
      validate: true,
      baseDir,
      tsConfig: { fileName: join(root, 'tsconfig.json') },
    },
    undefined,
    { tsConfig: extractTsConfig(join(root, 'tsconfig.json')) },
  );
  const { violations } = (output as ICruiseResult).summary;
  return [...new Set(violations.map(({ rule }) => rule.name))].sort();
}

/** A tree of sources with these texts by path. */
function treeOf(textByPath: Record<string, string>): string {
  const dir = temporaryFolder();
  for (const [path, text] of Object.entries(textByPath)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

describe('boundaries', () => {
  it('are kept by the sources', async () => {
    expect(await brokenRules(root)).toEqual([]);
  }, 60_000);

  it.each([
    ['scan-is-pure', 'src/main/scan/a.ts', '../store/b', 'src/main/store/b.ts'],
    ['store-stands-alone', 'src/main/store/a.ts', '../scan/b', 'src/main/scan/b.ts'],
    ['images-stand-alone', 'src/main/images/a.ts', '../trunks/b', 'src/main/trunks/b.ts'],
    ['trunks-stand-alone', 'src/main/trunks/a.ts', '../images/b', 'src/main/images/b.ts'],
    ['shared-knows-nobody', 'src/shared/a.ts', '../main/run/b', 'src/main/run/b.ts'],
    ['renderer-only-shared', 'src/renderer/src/a.ts', '../../main/run/b', 'src/main/run/b.ts'],
    ['migrations-are-frozen', 'src/main/store/migrations/1.ts', '../b', 'src/main/store/b.ts'],
    ['nobody-reads-a-migration', 'src/main/store/a.ts', './migrations/1', 'src/main/store/migrations/1.ts'],
    ['doors-are-outermost', 'src/main/run/a.ts', '../commands/b', 'src/main/commands/b.ts'],
  ])('find what %s forbids, by relative paths too', async (rule, path, spec, other) => {
    const dir = treeOf({
      [path]: `import { b } from '${spec}';\nexport const a = b;\n`,
      [other]: 'export const b = 1;\n',
    });
    expect(await brokenRules(dir)).toEqual([rule]);
  });

  it('find a file system in the method, and types that only look harmless', async () => {
    const dir = treeOf({
      'src/main/scan/a.ts': `import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n`,
      'src/main/store/c.ts': `import type { B } from '../run/b';\nexport type C = B;\n`,
      'src/main/run/b.ts': 'export type B = number;\n',
    });
    expect(await brokenRules(dir)).toEqual(['scan-is-pure', 'store-stands-alone']);
  });

  it('find two files, and two rooms, that need each other', async () => {
    const dir = treeOf({
      'src/main/groups/a.ts': `import { b } from '../teach/b';\nexport const a = (): number => b();\n`,
      'src/main/teach/b.ts': `import { a } from '../groups/a';\nexport const b = (): number => a();\n`,
    });
    expect(await brokenRules(dir)).toEqual(['no-circle-of-files', 'no-circle-of-folders']);
  });
});
