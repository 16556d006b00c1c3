import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { allMigrations } from '@main/store/migrations/all-migrations';
import { openDatabase } from '@main/store/open-database';
import { openStore, type Store } from '@main/store/store';
import { RunOptions } from '@shared/model/run';

import { smallStore } from '../../../helpers/small-store';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const newRun = (store: Store): number => store.runs.create(RunOptions.parse({}));
const place = (photoId: number, groupId: string | null): Parameters<Store['placements']['replaceAll']>[1] => [
  { photoId, groupId, confidence: 1, typicality: 1 },
];

describe('the migration to placements of several runs', () => {
  it('keeps what was placed, as the run that is shown', () => {
    const file = join(temporaryFolder(), 'library.sqlite');
    const old = openDatabase(file, allMigrations.slice(0, 1));
    old.exec(`
      INSERT INTO folders VALUES (1, '/photos', 0, '');
      INSERT INTO photos (id, folder_id, path, size_bytes, mtime_ms, status) VALUES (5, 1, 'a.jpg', 1, 1, 'indexed');
      INSERT INTO runs (id, seed, options, trunk_id, state, started_at) VALUES (7, 1, '{}', '', 'done', '');
      INSERT INTO groups (id, made_by, created_at) VALUES ('g', 'run', '');
      INSERT INTO placements VALUES (5, 7, 'g', 0.75, 0.5);`);
    const before = old.prepare('SELECT * FROM memberships').all();
    old.close();
    const store = openStore(file);
    expect(store.db.prepare('SELECT * FROM memberships').all()).toMatchObject(before);
    expect(before).toEqual([{ photo_id: 5, group_id: 'g', is_placed: 0, confidence: 0.75, typicality: 0.5 }]);
    expect(store.placements.shownRun()).toBe(7);
    expect(store.db.pragma('foreign_key_check')).toEqual([]);
    store.close();
  });
});

describe('the run that is shown', () => {
  it('is the newest, then the chosen one, then the newest again once there is a later one', () => {
    const { store, photoIds, groupIds } = smallStore();
    const [photoId] = photoIds as [number];
    const shown = (): string | null | undefined => store.memberships.of(photoId)?.group_id;
    const first = store.placements.shownRun()!;
    const second = newRun(store);
    store.placements.replaceAll(second, place(photoId, groupIds[1]!));
    expect(shown()).toBe(groupIds[1]);
    store.db.prepare(`INSERT INTO run_choices VALUES (?, ?, '')`).run(second, first);
    expect(shown()).toBe(groupIds[0]);
    const third = newRun(store);
    store.placements.replaceAll(third, place(photoId, groupIds[2]!));
    expect(shown()).toBe(groupIds[2]);
    store.db.prepare('DELETE FROM run_choices').run();
    expect(shown()).toBe(groupIds[2]);
    const bases = store.db.prepare('SELECT id, base_run_id AS base FROM runs ORDER BY id').all();
    expect(bases).toEqual([
      { id: first, base: null },
      { id: second, base: first },
      { id: third, base: first },
    ]);
  });

  it('lies under what the person did, in every run', () => {
    const { store, photoIds, groupIds } = smallStore();
    const [photoId] = photoIds as [number];
    const first = store.placements.shownRun()!;
    const second = newRun(store);
    store.placements.replaceAll(second, place(photoId, groupIds[1]!));
    const groups = (): unknown[] =>
      store.db.prepare('SELECT run_id, group_id FROM run_memberships WHERE photo_id = ? ORDER BY run_id').all(photoId);
    expect(groups()).toEqual([
      { run_id: first, group_id: groupIds[0] },
      { run_id: second, group_id: groupIds[1] },
    ]);
    store.db.prepare(`INSERT INTO overrides VALUES (?, ?, '')`).run(photoId, groupIds[2]);
    expect(groups()).toEqual([
      { run_id: first, group_id: groupIds[2] },
      { run_id: second, group_id: groupIds[2] },
    ]);
  });

  it('and its base are kept when old runs are forgotten', () => {
    const { store, photoIds, groupIds } = smallStore();
    const first = store.placements.shownRun()!;
    const later = [1, 2, 3, 4].map((index) => {
      const run = newRun(store);
      store.placements.replaceAll(run, place(photoIds[index]!, groupIds[0]!));
      return run;
    });
    const kept = (): unknown[] =>
      store.db.prepare('SELECT DISTINCT run_id FROM placements ORDER BY run_id').pluck().all();
    store.placements.prune();
    expect(kept()).toEqual([first, ...later]);
    store.db.prepare(`INSERT INTO run_choices VALUES (?, ?, '')`).run(later[3], first);
    store.placements.prune(1);
    expect(kept()).toEqual([first, ...later.slice(1)]);
    store.db.prepare('DELETE FROM run_choices').run();
    store.placements.prune(1);
    expect(kept()).toEqual(later.slice(1));
  });
});
