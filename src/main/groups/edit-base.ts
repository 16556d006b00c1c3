import { randomUUID } from 'node:crypto';

import type { HistoryEntry } from '@shared/model/history';

import { notFound, type RowEditor } from '../store/journal';
import type { MembershipRow } from '../store/memberships';
import type { Store } from '../store/store';

/** The row of a group as the person's edits see it. */
export interface GroupRow {
  id: string;
  name: string | null;
  cover_photo_id: number | null;
  is_hidden: number;
  is_pinned: number;
  merged_into: string | null;
  split_from: string | null;
  made_by: string;
  created_at: string;
}

/** What every kind of edit stands on: one journal entry and one transaction each, and the words for it. */
export abstract class EditBase {
  constructor(protected readonly store: Store) {}

  protected record(label: string, edit: (rows: RowEditor) => unknown): HistoryEntry {
    const { entry } = this.store.journal.record(label, edit);
    this.store.library.bumpRevision();
    return entry;
  }

  protected place(rows: RowEditor, photoId: number, groupId: string): void {
    this.shown(photoId);
    this.placeMember(rows, photoId, groupId);
  }

  /** As {@link place}, of a photo that is known to be shown. */
  protected placeMember(rows: RowEditor, photoId: number, groupId: string): void {
    rows.put('overrides', { photo_id: photoId, group_id: groupId, created_at: now() });
    rows.remove('rejections', { photo_id: photoId, group_id: groupId });
  }

  protected group(groupId: string): GroupRow {
    const group = this.store.db
      .prepare<[string], GroupRow>('SELECT * FROM groups WHERE id = ? AND merged_into IS NULL')
      .get(groupId);
    if (!group) throw notFound('group');
    return group;
  }

  protected shown(photoId: number): MembershipRow {
    const membership = this.store.memberships.of(photoId);
    if (!membership) throw notFound('photo');
    return membership;
  }

  protected groupsOf(photoIds: readonly number[]): string {
    const ids = new Set(photoIds.map((photoId) => this.shown(photoId).group_id));
    const [only] = ids;
    return ids.size === 1 && typeof only === 'string' ? quoted(this.group(only)) : 'their groups';
  }
}

export function newGroup(name: string | null): GroupRow {
  return {
    id: randomUUID(),
    name,
    cover_photo_id: null,
    is_hidden: 0,
    is_pinned: 0,
    merged_into: null,
    split_from: null,
    made_by: 'person',
    created_at: now(),
  };
}

export function comparable(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase();
}

export function quoted(group: GroupRow): string {
  return group.name === null ? 'an unnamed group' : `“${group.name}”`;
}

export function photos(count: number): string {
  return count === 1 ? '1 photo' : `${count.toLocaleString('en')} photos`;
}

function now(): string {
  return new Date().toISOString();
}
