/** @file Random edits, undos or redos in a process of its own, to be killed: `undo-child.ts <library dir> <seed> edit|undo|redo <number of edits>`. */
import { AppError } from '@shared/ipc/errors';
import type { GroupId } from '@shared/model/ids';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';
import { databaseFile } from '@main/library-paths';
import { createRandom, deriveSeed, type Random } from '@shared/random';
import { openStore } from '@main/store/store';

const [libraryDir = '', seed = '1', direction = 'edit', wanted = '0'] = process.argv.slice(2);
const store = openStore(databaseFile(libraryDir));
const edits = new GroupEdits(store);
const pairs = new PairEdits(store);
process.stdout.write('started\n');

if (direction === 'undo') while (edits.undo());
else if (direction === 'redo') while (edits.redo());
else for (let tries = 0; numEntries() < Number(wanted); tries++) tryEdit(tries);
store.close();

function numEntries(): number {
  return store.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM journal').get()!.n;
}

/** One edit, chosen by how many there are: what a killed process did not write, the next one chooses again. */
function tryEdit(tries: number): void {
  const random = createRandom(deriveSeed(Number(seed), 'edit', numEntries(), tries));
  try {
    anyEdit(random);
  } catch (error) {
    // A name that is taken, a group of one photo: refused, nothing written.
    if (!(error instanceof AppError)) throw error;
  }
}

function anyEdit(random: Random): void {
  const groups = store.db
    .prepare<[], { id: GroupId }>(
      'SELECT DISTINCT group_id AS id FROM memberships WHERE group_id IS NOT NULL ORDER BY 1',
    )
    .all();
  const pick = <T>(list: readonly T[]): T => list[random.int(list.length)]!;
  const group = pick(groups);
  const name = `Name ${random.int(1_000_000)}`;
  const inGroup = store.memberships.photos({ kind: 'group', groupId: group.id }, 0, 40).photos.map(({ id }) => id);
  const anywhere = Array.from({ length: 1 + random.int(12) }, () => 1 + random.int(numPhotos()));
  const some = [...new Set(random.uniform() < 0.5 ? anywhere : inGroup.slice(0, 1 + random.int(inGroup.length)))];
  switch (random.int(13)) {
    case 0:
      return void edits.rename(group.id, name);
    case 1:
      return void edits.setCover(group.id, pick(inGroup));
    case 2:
      return void edits.setHidden(group.id, random.uniform() < 0.5);
    case 3:
      return void edits.setPinned(group.id, random.uniform() < 0.5);
    case 4:
      return void edits.create(name, some);
    case 5:
      // Rarely, so that groups do not run out.
      return void (groups.length > 20 && edits.merge(group.id, pick(groups).id));
    case 6:
      return void edits.split(group.id, [
        { name: null, photoIds: inGroup.filter((_, index) => index % 2 === 0) },
        { name, photoIds: inGroup.filter((_, index) => index % 2 === 1) },
      ]);
    case 7:
      return void edits.remove(some);
    case 8:
      return void edits.confirm(some);
    case 9:
      return void pairs.together(some, random.uniform() < 0.3);
    case 10:
      return void pairs.apart(some.slice(0, 5));
    default:
      return void edits.move(some, group.id);
  }
}

function numPhotos(): number {
  return store.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM photos').get()!.n;
}
