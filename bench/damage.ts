/**
 * @file Whether a damaged library is opened or refused with a sentence, and whether repair brings back what the person did. Each repetition
 * takes a copy of an edited library, damages it by a rule from a seed, opens it, reads what a window shows, edits, undoes and closes; then
 * the library is made anew from its safety copy.
 *
 *   npm run -s bench:damage -- --json [--damages 200] [--photos 300] [--from 1]
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';
import { OpenLibrary } from '@main/host/open-library';
import { databaseFile } from '@main/library-paths';
import { repairLibrary } from '@main/store/repair-library';
import { collectSafetyCopy, newestSafetyCopy, type SafetyCopy, writeSafetyCopy } from '@main/store/safety-copy';
import { openStore, type Store } from '@main/store/store';
import { toWireError } from '@shared/ipc/errors';
import type { GroupId, PhotoId } from '@shared/model/ids';
import { createRandom, deriveSeed } from '@shared/random';

import { damageLibrary, type Damage } from './damage/damage-library';
import { makeGeneratedLibrary } from './generated-library';
import { atLeast, atMost, numberOption, printBench } from './report';

const numDamages = numberOption('damages', 200);
const numPhotos = numberOption('photos', 300);
const first = numberOption('from', 1);
/** What the person said. Photos and runs are found again by a scan. */
const PERSONAL = ['groups', 'overrides', 'rejections', 'pair_constraints', 'accepted_moves', 'journal'] as const;

interface Outcome {
  seed: number;
  damage: Damage;
  opening: 'opened' | 'refused' | 'trace';
  said: string[];
  /** Rows of {@link PERSONAL} in the last safety copy, and those that are there after repair. */
  numRows: number;
  numBack: number;
}

const root = mkdtempSync(join(tmpdir(), 'kindred-damage-'));

/** An edited library with two safety copies: as it lies while the program runs, with its last edits in the WAL, and closed. */
async function makeTemplates(): Promise<string[]> {
  const [open, closed] = [join(root, 'open'), join(root, 'closed')];
  const dir = join(root, 'template');
  await makeGeneratedLibrary({
    libraryDir: dir,
    folder: '/photos',
    numPhotos,
    numGroups: 12,
    seed: 1,
    numThumbnails: 3,
  });
  const store = openStore(databaseFile(dir));
  edit(store, 1);
  writeSafetyCopy(store.db, dir);
  edit(store, 2);
  writeSafetyCopy(store.db, dir);
  cpSync(dir, open, { recursive: true });
  store.close();
  cpSync(dir, closed, { recursive: true });
  return [open, closed];
}

function edit(store: Store, round: number): void {
  const edits = new GroupEdits(store);
  const groupIds = store.memberships.list(0).groups.map(({ id }) => id);
  const ids = store.memberships.all().flatMap((row) => (row.group_id === null ? [] : [row.photo_id]));
  for (let at = 0; at < 20; at++) {
    edits.move([ids[(at + 20 * round) % ids.length]!], groupIds[at % groupIds.length]!);
    edits.remove([ids[(at + 100 * round) % ids.length]!]);
  }
  groupIds.slice(0, 5).forEach((id, index) => edits.rename(id, `Round ${round}, name ${index}`));
  new PairEdits(store).apart([ids[0]!, ids[round]!], []);
}

async function tryOne(template: string, seed: number): Promise<Outcome> {
  const dir = join(root, `damaged-${seed}`);
  cpSync(template, dir, { recursive: true });
  const last = newestSafetyCopy(dir)!.copy;
  const damage = damageLibrary(dir, createRandom(deriveSeed(seed, 'damage')));
  try {
    const before = newestSafetyCopy(dir)!.copy;
    const { opening, said } = await use(dir);
    damage.release();
    // A copy that was cut off is written anew where the library is whole: then the last state is what comes back.
    const after = newestSafetyCopy(dir)?.copy;
    const expected = after && isSame(after, last) ? last : before;
    const numRows = PERSONAL.reduce((sum, table) => sum + expected[table].length, 0);
    return { seed, damage, opening, said, numRows, numBack: countBack(dir, expected) };
  } finally {
    damage.release();
    rmSync(dir, { recursive: true, force: true });
  }
}

function isSame(a: SafetyCopy, b: SafetyCopy): boolean {
  // Opening adds an edit and its undoing to the journal.
  return PERSONAL.filter((table) => table !== 'journal').every(
    (table) => JSON.stringify(a[table]) === JSON.stringify(b[table]),
  );
}

/** Does what a person does after opening a library. */
async function use(dir: string): Promise<Pick<Outcome, 'opening' | 'said'>> {
  const said: string[] = [];
  let isTrace = false;
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      const { code, message } = toWireError(error);
      isTrace ||= code === 'internal';
      said.push(code === 'internal' ? String((error as Error).stack) : message);
      return null;
    }
  };
  const library = await attempt(
    () =>
      new OpenLibrary({
        libraryDir: dir,
        folders: [],
        spawnWorker: () => {
          throw new Error('Nothing is scanned here.');
        },
        trunksDirs: [],
        onProgress: () => undefined,
        onChanged: () => undefined,
        onExportProgress: () => undefined,
        onLog: () => undefined,
      }),
  );
  if (library) {
    const { tasks } = library;
    await attempt(() => library.watch());
    await attempt(() => library.status());
    const groups = (await attempt(() => tasks.ask('group.list', {})))?.groups ?? [];
    for (const { id } of groups.slice(0, 3)) {
      const place = { kind: 'group', groupId: id as GroupId } as const;
      const page = await attempt(() => tasks.ask('group.photos', { place, offset: 0, limit: 100 }));
      const photo = page?.photos[0];
      if (photo) await attempt(() => tasks.ask('photo.get', { photoId: photo.id as PhotoId }));
    }
    await attempt(() => tasks.ask('history.list', {}));
    await attempt(() => tasks.ask('run.list', {}));
    const groupId = groups[0]?.id as GroupId | undefined;
    if (groupId) {
      await attempt(() => tasks.ask('group.rename', { groupId, name: 'After the damage' }));
      await attempt(() => tasks.ask('history.undo', {}));
    }
    await attempt(() => library.close());
  }
  return { opening: isTrace ? 'trace' : said.length > 0 ? 'refused' : 'opened', said: [...new Set(said)] };
}

/** Rows of the person that a repaired library holds, of those that are expected. */
function countBack(dir: string, expected: SafetyCopy): number {
  repairLibrary(dir);
  const store = openStore(databaseFile(dir));
  try {
    const after = collectSafetyCopy(store.db);
    return PERSONAL.reduce((sum, table) => {
      const there = new Set(after[table].map((row) => JSON.stringify(row)));
      return sum + expected[table].filter((row) => there.has(JSON.stringify(row))).length;
    }, 0);
  } finally {
    store.close();
  }
}

try {
  const templates = await makeTemplates();
  const outcomes: Outcome[] = [];
  for (let seed = first; seed < first + numDamages; seed++) {
    outcomes.push(await tryOne(templates[seed % templates.length]!, seed));
    const last = outcomes.at(-1)!;
    if (last.opening === 'trace' || last.numBack < last.numRows) console.error(JSON.stringify(last));
  }
  const sum = (pick: (outcome: Outcome) => number): number => outcomes.reduce((total, one) => total + pick(one), 0);
  const numOf = (opening: Outcome['opening']): number => outcomes.filter((one) => one.opening === opening).length;
  printBench(
    [
      atLeast('damages', outcomes.length, numDamages),
      atMost('damages that gave a trace', numOf('trace'), 0),
      atLeast(
        'names and corrections back after repair, %',
        (100 * sum((one) => one.numBack)) / sum((one) => one.numRows),
        100,
      ),
    ],
    {
      opened: numOf('opened'),
      refused: numOf('refused'),
      kinds: Object.fromEntries(
        Map.groupBy(outcomes, ({ damage }) => damage.kind)
          .entries()
          .map(([kind, list]) => [kind, list.length]),
      ),
      sentences: [
        ...new Set(outcomes.flatMap(({ said }) => said.map((text) => text.replaceAll(/\S*damaged-\d+/g, '…')))),
      ],
    },
  );
} finally {
  rmSync(root, { recursive: true, force: true });
}
