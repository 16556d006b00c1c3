/**
 * @file Whether what a person did outlives a run. A library is scanned once; each repetition takes a copy, corrects a tenth of its photos by
 * a rule from a seed, and learns again with another seed and another number of views, a fifth more photos and a tenth fewer. The
 * photos that were deleted then come back. On a second copy the same corrections are made and 15 % more photos come: these are to be placed
 * without learning. On a third, files change their names: most are renumbered by one, pairs are swapped, and some photos are
 * replaced under their names; corrections are to be found with the content they were made for.
 *
 *   npm run -s bench:keep -- --json [--repetitions 20] [--from 1] [--set things] [--photos 1200]
 *
 * `--set tiny --photos 2000` takes the first 200 of each class of `tiny`. Photos are embedded once and kept, see keep/embedded-library.ts.
 */
import { join } from 'node:path';

import { createRandom, deriveSeed } from '@shared/random';
import type { Store } from '@main/store/store';

import { checkContents, checkKept, type Kept, placedContents, type Share } from './keep/check';
import { correctByRule, mainClasses, shuffled } from './keep/correct';
import { embeddedLibrary, learnedLibrary, WorkingCopy } from './keep/embedded-library';
import { atLeast, atMost, numberOption, printBench, round, textOption } from './report';
import { learn } from './teach/scanned';

const set = textOption('set') ?? 'things';
const numPhotos = numberOption('photos', set === 'things' ? 1200 : 2000);
const first = numberOption('from', 1);
const seeds = Array.from({ length: numberOption('repetitions', 20) }, (_, index) => first + index);
const NUM_CLASSES = 10;
/** Of what is there at first. */
const [NEW, DELETED, FEW_NEW] = [0.2, 0.1, 0.15];
const [SWAPPED, REPLACED] = [0.05, 0.05];
const SETTINGS = { seed: 1, numViews: 5 };

interface Relearned extends Kept {
  back: Kept;
  seconds: number;
}

interface Placed {
  numNew: number;
  numOldMoved: number;
  wasLearned: boolean;
  /** Photos in a group of which most photos were of their class before. */
  newRight: Share;
  newUnsorted: Share;
  oldRight: Share;
  seconds: number;
}

const source = join(import.meta.dirname, '..', '..', 'shared', 'photos', set);
const embedded = await embeddedLibrary(source, set, { perClass: numPhotos / NUM_CLASSES, numViews: 6 });
const order = shuffled(createRandom(deriveSeed(1, 'keep', set)), embedded.paths);
const numFirst = Math.round(order.length / (1 + NEW));
const [early, late] = [order.slice(0, numFirst), order.slice(numFirst)];
const learned = await learnedLibrary(embedded, early, SETTINGS);

async function relearn(seed: number): Promise<Relearned> {
  const copy = new WorkingCopy(learned, early);
  try {
    const random = createRandom(deriveSeed(seed, 'keep'));
    const corrections = correctByRule(copy.store, random, classFinder(copy.store));
    const gone = shuffled(random, early).slice(0, Math.round(DELETED * early.length));
    copy.bring(late);
    copy.delete(gone);
    const settings = { seed: 100 + seed, numViews: seed % 2 === 0 ? 6 : 4 };
    const startedMs = performance.now();
    const kept = checkKept(copy.store, await learn(copy.store, copy.dir, settings), corrections);
    const seconds = (performance.now() - startedMs) / 1000;
    copy.bring(gone);
    const back = checkKept(copy.store, await learn(copy.store, copy.dir, settings), corrections);
    return { ...kept, back, seconds };
  } finally {
    copy.close();
  }
}

async function placeFew(seed: number): Promise<Placed> {
  const copy = new WorkingCopy(learned, early);
  const { store } = copy;
  try {
    const random = createRandom(deriveSeed(seed, 'keep'));
    const classOf = classFinder(store);
    const { shown } = correctByRule(store, random, classOf);
    const few = shuffled(random, late).slice(0, Math.round(FEW_NEW * early.length));
    copy.bring(few);
    const startedMs = performance.now();
    const runId = await learn(store, copy.dir, SETTINGS);
    const seconds = (performance.now() - startedMs) / 1000;
    const now = store.memberships.all();
    const classByGroup = mainClasses(shown, classOf);
    const isRight = (row: (typeof now)[number]): boolean => classByGroup.get(row.group_id) === classOf(row.photo_id);
    const [old, fresh] = [now.filter((row) => shown.has(row.photo_id)), now.filter((row) => !shown.has(row.photo_id))];
    return {
      numNew: fresh.length,
      numOldMoved: old.filter((row) => shown.get(row.photo_id) !== row.group_id).length,
      wasLearned: store.runs.report(runId).stages.some(({ name }) => name === 'cluster'),
      newRight: { kept: fresh.filter(isRight).length, total: fresh.length },
      newUnsorted: { kept: fresh.filter((row) => row.group_id === null).length, total: fresh.length },
      oldRight: { kept: old.filter(isRight).length, total: old.length },
      seconds,
    };
  } finally {
    copy.close();
  }
}

/** Contents that are where the person put them after files changed their names, and how many there should be. */
async function rename(seed: number): Promise<{ contents: Share; numExpected: number }> {
  const copy = new WorkingCopy(learned, early);
  const { store } = copy;
  try {
    const random = createRandom(deriveSeed(seed, 'keep'));
    const { placed: corrected } = correctByRule(store, random, classFinder(store));
    const wanted = placedContents(store, corrected);
    const mixed = shuffled(random, early);
    const numReplaced = Math.round(REPLACED * early.length);
    for (const [index, path] of mixed.slice(0, numReplaced).entries()) {
      const hash = store.db
        .prepare<[string], string>('SELECT content_hash FROM photos WHERE path = ?')
        .pluck()
        .get(path)!;
      wanted.delete(hash);
      copy.replace(path, late[index % late.length]!);
    }
    const rest = mixed.slice(numReplaced);
    const numSwapped = 2 * Math.round(SWAPPED * early.length);
    for (let at = 0; at < numSwapped; at += 2) copy.renumber(rest.slice(at, at + 2));
    copy.renumber(rest.slice(numSwapped).sort());
    await learn(store, copy.dir, SETTINGS);
    return { contents: checkContents(store, wanted), numExpected: wanted.size };
  } finally {
    copy.close();
  }
}

/** The folder that a photo lies in is its class. */
function classFinder(store: Store): (photoId: number) => string {
  const rows = store.db.prepare<[], { id: number; path: string }>('SELECT id, path FROM photos').all();
  const classById = new Map(rows.map(({ id, path }) => [id, path.split('/')[0]!]));
  return (photoId) => classById.get(photoId)!;
}

const relearned: Relearned[] = [];
const placed: Placed[] = [];
const renamed: Awaited<ReturnType<typeof rename>>[] = [];
for (const seed of seeds) {
  renamed.push(await rename(seed));
  placed.push(await placeFew(seed));
  relearned.push(await relearn(seed));
  console.error(
    JSON.stringify({ set, seed, relearned: relearned.at(-1), placed: placed.at(-1), renamed: renamed.at(-1) }),
  );
}
const percent = (shares: readonly Share[]): number => {
  const sum = (key: keyof Share): number => shares.reduce((total, share) => total + share[key], 0);
  return (100 * sum('kept')) / Math.max(1, sum('total'));
};
const of = (key: Exclude<keyof Kept, never>): number => percent(relearned.map((run) => run[key]));
const ofBack = (key: keyof Kept): number => percent(relearned.map((run) => run.back[key]));
printBench(
  [
    atLeast('corrected photos where the person put them, %', of('corrected'), 100),
    atLeast('rejections respected, %', of('rejections'), 100),
    atLeast('photos of merged groups together, %', of('merged'), 100),
    atLeast('other photos of named groups kept or told, %', of('namedOrTold'), 95),
    atLeast('the same, kept, %', of('named'), 95),
    atLeast('corrected photos, after the deleted ones came back, %', ofBack('corrected'), 100),
    atLeast('rejections, after the deleted ones came back, %', ofBack('rejections'), 100),
    atLeast(
      'corrections with their content after renumbering and swapping, %',
      percent(renamed.map((run) => run.contents)),
      100,
    ),
    atLeast(
      'contents found again, %',
      percent(renamed.map((run) => ({ kept: run.contents.total, total: run.numExpected }))),
      100,
    ),
    atMost(
      'old photos that moved when 15 % came, all repetitions',
      placed.reduce((n, p) => n + p.numOldMoved, 0),
      0,
    ),
    atMost('repetitions that learned when 15 % came', placed.filter(({ wasLearned }) => wasLearned).length, 0),
  ],
  {
    ...{ set, numPhotos: order.length, repetitions: seeds.length },
    newRight: round(percent(placed.map(({ newRight }) => newRight))),
    newUnsorted: round(percent(placed.map(({ newUnsorted }) => newUnsorted))),
    oldRight: round(percent(placed.map(({ oldRight }) => oldRight))),
    ...{ relearned, placed, renamed },
  },
);
