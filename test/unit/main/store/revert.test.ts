import { afterEach, describe, expect, it, vi } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';

import { editedTables, smallStore } from '../../../helpers/small-store';

afterEach(() => {
  vi.useRealTimers();
});

describe('taking one entry back', () => {
  it('leaves what came later, and can itself be undone', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    const before = editedTables(store);
    const moved = edits.move([photoIds[0]!], groupIds[1]!);
    const named = edits.rename(groupIds[0]!, 'Beach');
    const both = editedTables(store);
    expect(store.journal.whyNotRevertible(moved.id)).toBeNull();
    expect(edits.revert(moved.id).label).toMatch(/^Took back: Moved 1 photo/);
    expect(store.memberships.of(photoIds[0]!)).toMatchObject({ group_id: groupIds[0], is_placed: 0 });
    expect(store.memberships.list(0).groups[0]?.name).toBe('Beach');
    edits.undo();
    expect(editedTables(store)).toBe(both);
    edits.revert(named.id);
    edits.revert(moved.id);
    expect(editedTables(store)).toBe(before);
  });

  it('of a name keeps the group pinned that was pinned since', () => {
    const { store, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    const named = edits.rename(groupIds[0]!, 'Beach');
    edits.setPinned(groupIds[0]!, true);
    edits.revert(named.id);
    expect(store.memberships.list(0).groups[0]).toMatchObject({ id: groupIds[0], name: null, isPinned: true });
  });

  it('says why it cannot be: changed again, moved again, built upon, undone', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    const named = edits.rename(groupIds[0]!, 'Beach');
    edits.rename(groupIds[0]!, 'Coast');
    const moved = edits.move([photoIds[0]!], groupIds[1]!);
    edits.move([photoIds[0]!], groupIds[2]!);
    const { entry: made, groupId } = edits.create('Mine', [photoIds[4]!]);
    edits.move([photoIds[5]!], groupId);
    const pinned = edits.setPinned(groupIds[2]!, true);
    edits.undo();
    const before = editedTables(store);
    expect(store.journal.whyNotRevertible(named.id)).toBe('The group was changed again since.');
    expect(() => edits.revert(named.id)).toThrowError('The group was changed again since.');
    expect(() => edits.revert(moved.id)).toThrowError('Some of its photos were moved again since.');
    expect(() => edits.revert(made.id)).toThrowError(/builds on it/);
    expect(() => edits.revert(pinned.id)).toThrowError('It is undone already.');
    expect(store.journal.whyNotRevertible(pinned.id)).toBe('It is undone already.');
    expect(() => edits.revert(99_999)).toThrowError(/not there/);
    expect(editedTables(store)).toBe(before);
  });

  it('never gives two groups one name, or a merged group a group to be shown in that is merged itself', () => {
    const { store, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.rename(groupIds[0]!, 'Beach');
    const renamed = edits.rename(groupIds[0]!, 'Coast');
    edits.rename(groupIds[1]!, 'beach');
    expect(() => edits.revert(renamed.id)).toThrowError(/given to another group/);
    edits.merge(groupIds[1]!, groupIds[0]!);
    const merged = edits.merge(groupIds[0]!, groupIds[2]!);
    edits.revert(merged.id);
    expect(store.memberships.list(0).groups.map((group) => group.id)).toContain(groupIds[0]);
    expect(store.db.prepare('SELECT merged_into FROM groups WHERE id = ?').pluck().get(groupIds[1])).toBe(groupIds[0]);
  });

  it('never lets what was said of pairs contradict itself', () => {
    // A person takes longer than a millisecond; rows written in the same one would look untouched.
    vi.useFakeTimers({ now: 0, toFake: ['Date'] });
    const { store, photoIds } = smallStore();
    const pairs = new PairEdits(store);
    const [a, b, c] = photoIds as [number, number, number];
    pairs.apart([a, b]);
    vi.advanceTimersByTime(1000);
    const forced = pairs.together([a, b], true);
    vi.advanceTimersByTime(1000);
    pairs.together([b, c]);
    expect(() => new GroupEdits(store).revert(forced.entry!.id)).toThrowError(/since/);
  });
});
