import { AppError } from '@shared/ipc/errors';
import type { HistoryEntry } from '@shared/model/history';
import type { PhotoId } from '@shared/model/ids';
import type { PairConflict } from '@shared/model/pair';

import type { RowEditor } from '../store/journal';
import type { PairConstraint } from '../store/pair-constraints';
import { EditBase, type GroupRow, newGroup, photos } from './edit-base';
import { connectedSets, linksOf, pathBetween } from './pair-sets';

/**
 * @file «These belong together» and «these are different».
 *
 * [Note: What pairs do at once] Together: all of them are placed in one group, that of those the person placed, else the one that holds
 * most. Apart: of those that share a group the one that fits it best stays, and the group is refused for the others. Both are also kept
 * as pairs, which later learning heeds. What was said before and cannot be true as well is told, and nothing is done until the person
 * chooses.
 */

export interface SaidTogether {
  /** Null while there are conflicts to be settled. */
  entry: HistoryEntry | null;
  conflicts: PairConflict[];
  groupId: string | null;
  /** Photos that changed their group. */
  numMoved: number;
}

export interface SaidApart {
  entry: HistoryEntry | null;
  conflicts: PairConflict[];
  /** Photos that left a group they shared. */
  numLeft: number;
}

type PairRow = { photo_id: number; other_photo_id: number };

export class PairEdits extends EditBase {
  /** @param isForced What was said before gives way. */
  together(wanted: readonly number[], isForced = false): SaidTogether {
    const photoIds = this.distinct(wanted);
    const pairs = this.store.pairs.listPairConstraints();
    const together = pairs.filter((pair) => pair.kind === 'together');
    const added = newLinks(photoIds, together);
    const target = this.targetOf(photoIds);
    const links = linksOf([...together, ...added]);
    const broken = pairs.flatMap((pair) => {
      const path = pair.kind === 'apart' ? pathBetween(links, pair.photoId, pair.otherPhotoId) : null;
      return path && path.some((photoId) => photoIds.includes(photoId)) ? [{ pair, path }] : [];
    });
    const conflicts = [
      ...broken.map(({ pair, path }) => conflictOf(pair, path)),
      ...(target ? this.removedFrom(target, photoIds) : []),
    ];
    if (conflicts.length > 0 && !isForced) return { entry: null, conflicts, groupId: null, numMoved: 0 };
    const group = target ?? newGroup(null);
    const movedIds = photoIds.filter((photoId) => this.shown(photoId).group_id !== group.id);
    const entry = this.record(`Said that ${photos(photoIds.length)} belong together`, (rows) => {
      if (!target) rows.put('groups', { ...group });
      for (const { pair } of broken) rows.remove('pair_constraints', rowOf(pair));
      for (const pair of added) this.say(rows, pair, 'together');
      for (const photoId of photoIds) this.place(rows, photoId, group.id);
    });
    return { entry, conflicts: [], groupId: group.id, numMoved: movedIds.length };
  }

  /** @param leavingIds Photos that no longer belong with those they were said to belong with. */
  apart(wanted: readonly number[], leavingIds: readonly number[] = []): SaidApart {
    const photoIds = this.distinct(wanted);
    const together = this.store.pairs.listPairConstraints().filter((pair) => pair.kind === 'together');
    const leaving = new Set(leavingIds);
    const staying = together.filter((pair) => !leaving.has(pair.photoId) && !leaving.has(pair.otherPhotoId));
    // The others of a set that a photo leaves still belong together.
    const bridges = connectedSets(together).flatMap((set) => {
      const rest = set.filter((photoId) => !leaving.has(photoId));
      return rest.length < set.length ? newLinks(rest, staying) : [];
    });
    const links = linksOf([...staying, ...bridges]);
    const said = eachPair(photoIds);
    const conflicts = said.flatMap(({ photoId, otherPhotoId }) => {
      const path = pathBetween(links, photoId, otherPhotoId);
      if (!path) return [];
      const saidAt = staying
        .filter((pair) => path.includes(pair.photoId) && path.includes(pair.otherPhotoId))
        .reduce((latest, pair) => (pair.createdAt > latest ? pair.createdAt : latest), '');
      return [conflictOf({ photoId, otherPhotoId, kind: 'together', createdAt: saidAt }, path)];
    });
    if (conflicts.length > 0) return { entry: null, conflicts, numLeft: 0 };
    const left = this.crowdedOut(photoIds);
    const entry = this.record(`Said that ${photos(photoIds.length)} are different`, (rows) => {
      for (const pair of together) if (!staying.includes(pair)) rows.remove('pair_constraints', rowOf(pair));
      for (const pair of bridges) this.say(rows, pair, 'together');
      for (const pair of said) this.say(rows, pair, 'apart');
      for (const { photoId, groupId } of left) this.refuse(rows, photoId, groupId);
    });
    return { entry, conflicts: [], numLeft: left.length };
  }

  private distinct(wanted: readonly number[]): number[] {
    const photoIds = [...new Set(wanted)].sort((a, b) => a - b);
    if (photoIds.length < 2) throw new AppError('invalid-argument', 'This needs two different photos or more.');
    for (const photoId of photoIds) this.shown(photoId);
    return photoIds;
  }

  /** The group that photos said to belong together go to: that of those the person placed, a named one, the fullest. */
  private targetOf(photoIds: readonly number[]): GroupRow | null {
    const votes = new Map<string, { placed: number; count: number }>();
    for (const photoId of photoIds) {
      const { group_id: groupId, is_placed: isPlaced } = this.shown(photoId);
      if (groupId === null) continue;
      const vote = votes.get(groupId) ?? { placed: 0, count: 0 };
      votes.set(groupId, { placed: vote.placed + isPlaced, count: vote.count + 1 });
    }
    const candidates = [...votes].map(([groupId, vote]) => ({ group: this.group(groupId), ...vote }));
    candidates.sort(
      (a, b) =>
        b.placed - a.placed ||
        Number(b.group.name !== null) - Number(a.group.name !== null) ||
        b.count - a.count ||
        a.group.id.localeCompare(b.group.id),
    );
    return candidates[0]?.group ?? null;
  }

  private removedFrom(target: GroupRow, photoIds: readonly number[]): PairConflict[] {
    const find = this.store.db.prepare<[number, string], { created_at: string }>(
      `SELECT r.created_at FROM rejections r JOIN groups g ON g.id = r.group_id
       WHERE r.photo_id = ? AND coalesce(g.merged_into, g.id) = ?`,
    );
    return photoIds.flatMap((photoId) => {
      const rejection = find.get(photoId, target.id);
      if (!rejection) return [];
      const saidAt = rejection.created_at;
      return [{ kind: 'removed', photoIds: [photoId as PhotoId], path: [], groupName: target.name, saidAt }];
    });
  }

  /** Those of the photos that share a group with one that fits it better. */
  private crowdedOut(photoIds: readonly number[]): { photoId: number; groupId: string }[] {
    const members = photoIds.map((photoId) => ({ photoId, ...this.shown(photoId) }));
    members.sort((a, b) => b.is_placed - a.is_placed || b.confidence - a.confidence || a.photoId - b.photoId);
    const taken = new Set<string>();
    return members.flatMap(({ photoId, group_id: groupId }) => {
      if (groupId === null) return [];
      if (taken.has(groupId)) return [{ photoId, groupId }];
      taken.add(groupId);
      return [];
    });
  }

  /** Not this group, without saying where else: a run may find it a better one. */
  private refuse(rows: RowEditor, photoId: number, groupId: string): void {
    rows.put('rejections', { photo_id: photoId, group_id: groupId, created_at: new Date().toISOString() });
    rows.remove('overrides', { photo_id: photoId });
  }

  private say(rows: RowEditor, pair: { photoId: number; otherPhotoId: number }, kind: PairConstraint['kind']): void {
    rows.put('pair_constraints', { ...rowOf(pair), kind, created_at: new Date().toISOString() });
  }
}

/** As few new pairs as connect the photos with each other. */
function newLinks(
  photoIds: readonly number[],
  together: readonly PairConstraint[],
): { photoId: number; otherPhotoId: number }[] {
  const [first, ...others] = photoIds;
  const added: { photoId: number; otherPhotoId: number }[] = [];
  const links = linksOf(together);
  const link = (a: number, b: number): void => {
    const known = links.get(a);
    if (known) known.add(b);
    else links.set(a, new Set([b]));
  };
  for (const other of others) {
    if (pathBetween(links, first!, other)) continue;
    link(first!, other);
    link(other, first!);
    added.push(ordered(first!, other));
  }
  return added;
}

function eachPair(photoIds: readonly number[]): { photoId: number; otherPhotoId: number }[] {
  return photoIds.flatMap((photoId, index) => photoIds.slice(index + 1).map((other) => ordered(photoId, other)));
}

function ordered(a: number, b: number): { photoId: number; otherPhotoId: number } {
  return { photoId: Math.min(a, b), otherPhotoId: Math.max(a, b) };
}

function rowOf({ photoId, otherPhotoId }: { photoId: number; otherPhotoId: number }): PairRow {
  return { photo_id: photoId, other_photo_id: otherPhotoId };
}

function conflictOf(pair: PairConstraint, path: readonly number[]): PairConflict {
  const { kind, photoId, otherPhotoId, createdAt } = pair;
  const photoIds = [photoId, otherPhotoId] as PhotoId[];
  return { kind, photoIds, path: path as PhotoId[], groupName: null, saidAt: createdAt };
}
