import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { openStore } from '@main/store/store';

import { editedTables, smallStore, staleMemberships } from '../../../helpers/small-store';

describe('the journal', () => {
  it('takes one edit back and does it again', () => {
    const { store, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    const before = editedTables(store);
    edits.rename(groupIds[0]!, 'Beach');
    const after = editedTables(store);
    expect(edits.undo()?.label).toBe('Named a group “Beach”');
    expect(editedTables(store)).toBe(before);
    expect(edits.redo()?.isUndone).toBe(false);
    expect(editedTables(store)).toBe(after);
  });

  it('has nothing to undo or redo at the start', () => {
    const { store } = smallStore();
    expect(store.journal.undo()).toBeNull();
    expect(store.journal.redo()).toBeNull();
    expect(store.journal.list()).toEqual({ entries: [], canUndo: false, canRedo: false });
  });

  it('forgets what could be redone once something new is done', () => {
    const { store, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.rename(groupIds[0]!, 'Beach');
    edits.undo();
    edits.rename(groupIds[1]!, 'Cats');
    expect(edits.redo()).toBeNull();
    expect(store.journal.list().entries.map((entry) => entry.label)).toEqual(['Named a group “Cats”']);
  });

  it('writes neither edit nor entry when the edit fails', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    const before = editedTables(store);
    expect(() => edits.move([photoIds[0]!, 99_999], groupIds[1]!)).toThrowError(/not there/);
    expect(editedTables(store)).toBe(before);
    expect(store.journal.list().entries).toEqual([]);
  });

  it('undoes any sequence of edits to the start and redoes it to the end, over reopening', () => {
    const kinds = ['rename', 'move', 'remove', 'confirm', 'create', 'merge', 'cover', 'hide', 'pin'] as const;
    const step = fc.record({ kind: fc.constantFrom(...kinds), a: fc.nat(50), b: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { store: first, file, photoIds } = smallStore();
        const before = editedTables(first);
        const edits = new GroupEdits(first);
        let done = 0;
        for (const [index, { kind, a, b }] of steps.entries()) {
          const groups = first.memberships.list(0).groups;
          const group = groups[a % groups.length]!;
          const other = groups[b % groups.length]!;
          const photos = [photoIds[a % photoIds.length]!, photoIds[b % photoIds.length]!];
          try {
            if (kind === 'rename') edits.rename(group.id, `Name ${index}`);
            else if (kind === 'move') edits.move(photos, group.id);
            else if (kind === 'remove') edits.remove(photos);
            else if (kind === 'confirm') edits.confirm(photos);
            else if (kind === 'create') edits.create(`New ${index}`, photos);
            else if (kind === 'merge') edits.merge(group.id, other.id);
            else if (kind === 'cover') edits.setCover(group.id, group.coverPhotoIds[0]!);
            else if (kind === 'hide') edits.setHidden(group.id, b % 2 === 0);
            else edits.setPinned(group.id, b % 2 === 0);
            done += 1;
          } catch (error) {
            expect(error).toMatchObject({ name: 'AppError' });
          }
        }
        const after = editedTables(first);
        expect(staleMemberships(first)).toEqual([]);
        first.close();
        const store = openStore(file);
        store.db.pragma('synchronous = OFF');
        for (let step = 0; step < done; step++) expect(store.journal.undo()).not.toBeNull();
        expect(staleMemberships(store)).toEqual([]);
        expect(store.journal.undo()).toBeNull();
        expect(editedTables(store)).toBe(before);
        for (let step = 0; step < done; step++) expect(store.journal.redo()).not.toBeNull();
        expect(editedTables(store)).toBe(after);
        store.close();
      }),
      { numRuns: 30, seed: 7 },
    );
  });
});
