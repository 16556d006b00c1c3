import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { GroupEdits } from '@main/groups/edit-groups';
import { databaseFile } from '@main/library-paths';
import { openStore, type Store } from '@main/store/store';

import { type GeneratedClass, writeGeneratedLibrary } from '../helpers/generated-pictures';
import { runKindred } from '../helpers/run-kindred';
import { startHost, test as base } from './kindred-page';

/** @file A library as learning left it, for tests of what corrections teach. */

export const PER_CLASS = 24;
const classes = ['stripes', 'discs', 'noise', 'checks'] as const satisfies readonly GeneratedClass[];

/** Names each group after what most of its photos show, and puts the noise among the stripes: something to correct. */
function mixUp(store: Store): void {
  const rows = store.db
    .prepare<[], { id: string; className: string }>(
      `SELECT m.group_id AS id, substr(p.path, 1, instr(p.path, '/') - 1) AS className
       FROM memberships m JOIN photos p ON p.id = m.photo_id WHERE m.group_id IS NOT NULL GROUP BY 1, 2 HAVING count(*) > ${PER_CLASS / 2}`,
    )
    .all();
  const idOf = (className: string): string => {
    const found = rows.find((row) => row.className === className);
    if (!found) throw new Error(`No group is mostly ${className}.`);
    return found.id;
  };
  const edits = new GroupEdits(store);
  edits.merge(idOf('noise'), idOf('stripes'));
  edits.rename(idOf('stripes'), 'Stripes');
  edits.rename(idOf('discs'), 'Discs');
}

/** Tests that start on the groups screen of a copy of one library that was really learned. */
export const test = base.extend<object, { learned: string }>({
  learned: [
    async ({}, use) => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-learned-')));
      const [photos, libraryDir] = [join(folder, 'photos'), join(folder, 'library')];
      await writeGeneratedLibrary(photos, { classes, perClass: PER_CLASS, seed: 31, width: 160, height: 120 });
      const { code, stderr } = await runKindred(['scan', photos, '--library', libraryDir], join(folder, 'data'));
      if (code !== 0) throw new Error(`The scan ended with ${code}:\n${stderr}`);
      const store = openStore(databaseFile(libraryDir));
      try {
        mixUp(store);
      } finally {
        store.close();
      }
      await use(libraryDir);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  host: async ({ learned }, use) => {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-copy-')));
    cpSync(learned, join(copy, 'library'), { recursive: true });
    const host = await startHost(['--library', join(copy, 'library')]);
    await use(host);
    await host.stop();
    rmSync(copy, { recursive: true, force: true });
  },
});
