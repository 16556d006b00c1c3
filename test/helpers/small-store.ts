import { join } from 'node:path';

import { RunOptions } from '@shared/model/run';

import { openStore, type Store } from '@main/store/store';

import { temporaryFolder } from './temporary-folder';

/** A store on disk with `numPhotos` indexed photos, placed by one run into groups of `groupSize` (the last ones Unsorted). */
export function smallStore({ numPhotos = 12, groupSize = 4, numUnsorted = 2 } = {}): {
  store: Store;
  file: string;
  photoIds: number[];
  groupIds: string[];
} {
  const file = join(temporaryFolder(), 'library.sqlite');
  const store = openStore(file);
  // Tests make thousands of edits and survive no power cut.
  store.db.pragma('synchronous = OFF');
  const folderId = store.library.addFolder('/photos');
  const photoIds = Array.from({ length: numPhotos }, (_, index) => addPhoto(store, folderId, index));
  const runId = store.runs.create(RunOptions.parse({ seed: 1 }));
  const numGrouped = numPhotos - numUnsorted;
  const groupIds = Array.from({ length: Math.ceil(numGrouped / groupSize) }, () => store.placements.newGroup());
  store.placements.replaceAll(
    runId,
    photoIds.map((photoId, index) => ({
      photoId,
      groupId: index < numGrouped ? groupIds[Math.floor(index / groupSize)]! : null,
      confidence: 1 - index / numPhotos,
      typicality: 1 - index / numPhotos,
    })),
  );
  store.runs.setState(runId, 'done');
  return { store, file, photoIds, groupIds };
}

export function addPhoto(store: Store, folderId: number, index: number): number {
  const id = store.photos.insert(folderId, `photo-${String(index).padStart(4, '0')}.jpg`, 1000 + index, 1e12 + index);
  store.photos.setIndexed(id, {
    content_hash: `hash-${index}`,
    perceptual_hash: Buffer.alloc(8, index),
    format: 'jpeg',
    width: 400,
    height: 300,
    orientation: 1,
    taken_at: null,
    taken_at_ms: null,
    camera: null,
    latitude: null,
    longitude: null,
    note: null,
  });
  return id;
}

/** Every row of the tables that a person's edits write, as text: equal text, equal state. */
export function editedTables(store: Store): string {
  const tables = [
    ...['groups', 'overrides', 'rejections', 'pair_constraints', 'run_choices', 'accepted_moves', 'answers'],
    ...['leaf_groups', 'shown_details'],
  ];
  return JSON.stringify(tables.map((table) => store.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()));
}

/** Rows in which what is kept of where photos are shown differs from what is true. See [Note: Memberships are kept, not computed]. */
export function staleMemberships(store: Store): unknown[] {
  const columns = 'photo_id, group_id, is_placed, confidence, typicality, is_accepted, section, taken_at';
  const [kept, computed] = ['memberships', 'computed_memberships'].map((name) => `SELECT ${columns} FROM ${name}`);
  return store.db
    .prepare(`SELECT * FROM (${kept} EXCEPT ${computed}) UNION ALL SELECT * FROM (${computed} EXCEPT ${kept})`)
    .all();
}
