import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import type { RunId } from '@shared/model/ids';
import { RunOptions } from '@shared/model/run';

import { openStageContext } from '@main/run/stage-resources';
import { indexPhotos } from '@main/run/stages/index-photos';
import { openStore, type Store } from '@main/store/store';

import { temporaryFolder } from '../../../helpers/temporary-folder';

let root: string;
let outer: string;
let inner: string;
let store: Store;

beforeEach(() => {
  root = temporaryFolder();
  outer = join(root, 'photos');
  inner = join(outer, 'trip', 'day');
  mkdirSync(inner, { recursive: true });
  mkdirSync(join(outer, 'trip', 'day after'));
  writeFileSync(join(outer, 'one.jpg'), 'a');
  writeFileSync(join(inner, 'two.jpg'), 'bb');
  writeFileSync(join(inner, 'notes.txt'), 'left out');
  writeFileSync(join(outer, 'trip', 'day after', 'three.jpg'), 'ccc');
  store = openStore(join(root, 'library.sqlite'));
});

async function index(): Promise<void> {
  const options = RunOptions.parse({ seed: 1 });
  const runId = store.runs.create(options) as RunId;
  const { signal } = new AbortController();
  const run = { store, libraryDir: root, runId, options, trunksDirs: [], signal, send: () => undefined };
  await indexPhotos(openStageContext(run).context);
}

const present = (): string[] =>
  store.db
    .prepare<[], { path: string }>(
      `SELECT f.path || '/' || p.path AS path FROM photos p JOIN folders f ON f.id = p.folder_id
       WHERE p.is_missing = 0 ORDER BY 1`,
    )
    .all()
    .map(({ path }) => path);
const files = (): string[] =>
  [join(outer, 'one.jpg'), join(inner, 'two.jpg'), join(outer, 'trip', 'day after', 'three.jpg')].sort();

describe('a folder inside another of the library', () => {
  it('adds no second photo for a file that the outer one has', async () => {
    store.library.addFolder(outer);
    await index();
    store.library.addFolder(inner);
    await index();
    await index();
    expect(present()).toEqual(files());
    expect(store.library.folders().map((folder) => folder.is_offline)).toEqual([0, 0]);
    expect(store.library.leftOut()).toHaveLength(1);
  });

  it('keeps its photos when the outer one comes later', async () => {
    const innerId = store.library.addFolder(inner);
    await index();
    const { id } = store.photos.at(innerId, 'two.jpg')!;
    store.library.addFolder(outer);
    await index();
    await index();
    expect(present()).toEqual(files());
    expect(store.photos.get(id)).toMatchObject({ folder_id: innerId, is_missing: 0 });
    expect(store.library.leftOut()).toHaveLength(1);
  });

  it('lets go of the second photo that an earlier version made', async () => {
    store.library.addFolder(outer);
    await index();
    const innerId = store.library.addFolder(inner);
    const doubled = store.photos.insert(innerId, 'two.jpg', 2, 0);
    await index();
    expect(present()).toEqual(files());
    expect(store.photos.get(doubled)!.is_missing).toBe(1);
  });

  it('finds what is new in it, and what is gone', async () => {
    store.library.addFolder(outer);
    store.library.addFolder(inner);
    await index();
    writeFileSync(join(inner, 'four.jpg'), 'dddd');
    await index();
    expect(present()).toContain(join(inner, 'four.jpg'));
    expect(present()).toHaveLength(4);
  });
});
