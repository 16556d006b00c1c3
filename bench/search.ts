/**
 * @file How long it takes to find photos, and to sort a group, among 100,000: each query anew, as the thread that answers it does.
 *
 *   npm run -s bench:search -- --json [--photos 100000] [--repeat 5]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { databaseFile } from '@main/library-paths';
import { PhotoFinder, type Wanted } from '@main/store/photo-finder';
import { openStore } from '@main/store/store';
import type { GroupId } from '@shared/model/ids';

import { makeGeneratedLibrary } from './generated-library';
import { atMost, median, numberOption, printBench, round } from './report';

const numPhotos = numberOption('photos', 100_000);
const repeat = numberOption('repeat', 5);
const MAX_MS = 40;
const PAGE = 200;

const libraryDir = mkdtempSync(join(tmpdir(), 'kindred-search-'));
try {
  await makeGeneratedLibrary({ folder: libraryDir, libraryDir, numPhotos, numGroups: 60, seed: 1, numThumbnails: 0 });
  const store = openStore(databaseFile(libraryDir));
  const [largest] = store.memberships.list(0).groups.toSorted((a, b) => b.numPhotos - a.numPhotos);
  const all = { kind: 'all' } as const;
  const group = { kind: 'group', groupId: largest!.id as GroupId } as const;
  const queries: Record<string, Wanted> = {
    'part of a file name': { place: all, search: '0999', sort: 'newest' },
    'two letters': { place: all, search: '99', sort: 'newest' },
    'a month': { place: all, search: 'May 2019', sort: 'newest' },
    'a month and a name': { place: all, search: 'May 2019 img_00', sort: 'newest' },
    'a year': { place: all, search: '2019', sort: 'newest' },
    'every photo': { place: all, search: 'jpg', sort: 'newest' },
    ...Object.fromEntries(
      (['newest', 'name', 'unsure', 'added'] as const).map((sort) => [
        `a group of ${largest!.numPhotos} by ${sort}`,
        { place: group, search: '', sort },
      ]),
    ),
  };
  const found: Record<string, { ms: number; numFound: number }> = {};
  for (const [name, wanted] of Object.entries(queries)) {
    const samples: number[] = [];
    let numFound = 0;
    for (let time = 0; time < repeat; time++) {
      const startedMs = performance.now();
      numFound = new PhotoFinder(store.db).page(wanted, 0, PAGE, 1).total;
      samples.push(performance.now() - startedMs);
    }
    found[name] = { ms: round(median(samples)), numFound };
  }
  store.close();
  printBench(
    Object.entries(found).map(([name, { ms }]) => atMost(`${name}, ms`, ms, MAX_MS)),
    { numPhotos, found },
  );
} finally {
  rmSync(libraryDir, { recursive: true, force: true });
}
