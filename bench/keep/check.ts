/** @file What of a person's corrections is left after a run. */
import type { Store } from '@main/store/store';

import type { Corrections } from './correct';

/** `kept` of `total`. */
export interface Share {
  kept: number;
  total: number;
}

export interface Kept {
  /** Photos that the person placed. */
  corrected: Share;
  rejections: Share;
  /** Photos of merged groups that are in the group these became. */
  merged: Share;
  /** Other photos of named groups: still there, and still there or told in the run's diff. */
  named: Share;
  namedOrTold: Share;
}

/** Compares what is shown with what the person wants to find. Photos that are gone are left out. */
export function checkKept(store: Store, runId: number, corrections: Corrections): Kept {
  const now = new Map(store.memberships.all().map((row) => [row.photo_id, row.group_id]));
  const shareOf = <T>(list: Iterable<T>, photoOf: (item: T) => number, isKept: (item: T) => boolean): Share => {
    const there = [...list].filter((item) => now.has(photoOf(item)));
    return { kept: there.filter(isKept).length, total: there.length };
  };
  const { placed, rejected, merged, named, shown } = corrections;
  const told = new Set<number>();
  const diff = store.runHistory.diff(runId);
  if (diff) {
    for (const { photoId } of store.runHistory.moves(runId, diff.baseRunId)) told.add(photoId);
    const listed = diff.groups.flatMap(({ left }) => left).reduce((sum, flow) => sum + flow.numPhotos, 0);
    if (listed !== diff.numMoved) throw new Error(`The diff lists ${listed} of ${diff.numMoved} photos.`);
  }
  const others = [...shown].filter(([id, groupId]) => groupId !== null && named.has(groupId) && !placed.has(id));
  return {
    corrected: shareOf(
      placed,
      ([id]) => id,
      ([id, groupId]) => now.get(id) === groupId,
    ),
    rejections: shareOf(
      rejected,
      ({ photoId }) => photoId,
      ({ photoId, groupId }) => now.get(photoId) !== groupId,
    ),
    merged: shareOf(
      merged,
      ([id]) => id,
      ([id, groupId]) => now.get(id) === groupId,
    ),
    named: shareOf(
      others,
      ([id]) => id,
      ([id, groupId]) => now.get(id) === groupId,
    ),
    namedOrTold: shareOf(
      others,
      ([id]) => id,
      ([id, groupId]) => now.get(id) === groupId || told.has(id),
    ),
  };
}

/** The group that the person put each content into, by the hash of the content; a content that two files have is left out. */
export function placedContents(store: Store, placed: Corrections['placed']): Map<string, string | null> {
  const hashes = contentHashes(store);
  const ids = [...placed.keys()].filter((id) => hashes.idsByHash.get(hashes.hashById.get(id)!)!.length === 1);
  return new Map(ids.map((id) => [hashes.hashById.get(id)!, placed.get(id)!]));
}

/** Contents that are where the person put them, of those that are still there. */
export function checkContents(store: Store, wanted: ReadonlyMap<string, string | null>): Share {
  const { hashById } = contentHashes(store);
  const rows = store.memberships.all().filter((row) => wanted.has(hashById.get(row.photo_id)!));
  return {
    kept: rows.filter((row) => wanted.get(hashById.get(row.photo_id)!) === row.group_id).length,
    total: rows.length,
  };
}

function contentHashes(store: Store) {
  const rows = store.db
    .prepare<[], { id: number; hash: string }>(
      'SELECT id, content_hash AS hash FROM photos WHERE content_hash NOT NULL',
    )
    .all();
  return {
    hashById: new Map(rows.map(({ id, hash }) => [id, hash])),
    idsByHash: Map.groupBy(rows, ({ hash }) => hash),
  };
}
