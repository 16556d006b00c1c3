import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { databaseFile } from '@main/library-paths';
import { openStore } from '@main/store/store';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { runKindred } from '../helpers/run-kindred';
import { startHost, test as base } from './kindred-page';

/** Groups of the library that tests of corrections start from; the last class is Unsorted. */
export const laidOut = [
  { className: 'stripes', name: 'Stripes', count: 12 },
  { className: 'discs', name: 'Discs', count: 10 },
  { className: 'noise', name: null, count: 8 },
  { className: 'checks', name: null, count: 4, isUnsorted: true },
] as const;
const PER_CLASS = 12;

/** A folder of photos and the library a scan made of it, laid out as {@link laidOut} says. */
export interface ScannedLibrary {
  photos: string;
  libraryDir: string;
}

async function makeLibrary(folder: string): Promise<ScannedLibrary> {
  const scanned = { photos: join(folder, 'photos'), libraryDir: join(folder, 'library') };
  const files = await writeGeneratedLibrary(scanned.photos, {
    classes: ['stripes', 'discs', 'noise', 'checks'],
    perClass: PER_CLASS,
    seed: 31,
    width: 160,
    height: 120,
  });
  for (const file of files) {
    const { count } = laidOut.find(({ className }) => className === file.className)!;
    const index = Number(/(\d+)\.jpg$/.exec(file.path)![1]);
    if (index >= count) rmSync(join(scanned.photos, file.path));
  }
  const { code, stderr } = await runKindred(
    ['scan', scanned.photos, '--library', scanned.libraryDir],
    join(folder, 'data'),
  );
  if (code !== 0) throw new Error(`The scan ended with ${code}:\n${stderr}`);
  layOut(scanned.libraryDir);
  return scanned;
}

/** Puts the photos where each test expects them, whatever the learning found: a test of corrections is not one of learning. */
function layOut(libraryDir: string): void {
  const store = openStore(databaseFile(libraryDir));
  try {
    const placements = laidOut.flatMap((group) => {
      const isUnsorted = 'isUnsorted' in group;
      const groupId = isUnsorted ? null : store.placements.newGroup();
      if (group.name !== null) store.db.prepare('UPDATE groups SET name = ? WHERE id = ?').run(group.name, groupId);
      const photos = store.photos.toCluster().filter((photo) => photo.path.startsWith(`${group.className}/`));
      photos.sort((a, b) => a.path.localeCompare(b.path));
      return photos.map((photo, rank) => {
        // The last two of each group are unsure.
        const confidence = isUnsorted ? 0.1 : rank >= photos.length - 2 ? 0.4 : 0.95;
        return { photoId: photo.id, groupId, confidence, typicality: 1 - rank / 100 };
      });
    });
    store.placements.replaceAll(store.runs.latest()!, placements);
    store.placements.dropUnusedGroups();
  } finally {
    store.close();
  }
}

/** Tests that start on the groups screen of a copy of one scanned library. */
export const test = base.extend<object, { scanned: ScannedLibrary }>({
  scanned: [
    async ({}, use) => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-scanned-')));
      await use(await makeLibrary(folder));
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  host: async ({ scanned }, use) => {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-copy-')));
    cpSync(scanned.libraryDir, join(copy, 'library'), { recursive: true });
    const host = await startHost(['--library', join(copy, 'library')]);
    await use(host);
    await host.stop();
    rmSync(copy, { recursive: true, force: true });
  },
});
