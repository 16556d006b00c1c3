import { describe, expect, it } from 'vitest';

import { chooseName } from '@main/groups/choose-names';
import { GroupEdits } from '@main/groups/edit-groups';
import type { NamesSource } from '@shared/model/group';

import { editedTables, smallStore } from '../../../helpers/small-store';

const named = (name: string, photoIds: readonly number[]): [number, string][] => photoIds.map((id) => [id, name]);

describe('importing names', () => {
  it('names the group that holds most of them, moves the rest there, and is one edit that can be undone', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    const before = editedTables(store);
    const result = edits.importNames(new Map(named('Beach', [...photoIds.slice(0, 4), photoIds[5]!, photoIds[11]!])));
    expect(result).toMatchObject({ numNamed: 1, numMade: 0, numPlaced: 6, numKept: 0 });
    expect(store.memberships.list(0).groups[0]).toMatchObject({ id: groupIds[0], name: 'Beach', numPhotos: 6 });
    expect(store.journal.list().entries).toHaveLength(1);
    edits.undo();
    expect(editedTables(store)).toBe(before);
    edits.redo();
    expect(store.memberships.of(photoIds[11]!)).toMatchObject({ group_id: groupIds[0], is_placed: 1 });
  });

  it('uses the group that has the name already, and makes one where no group is mostly it', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.rename(groupIds[1]!, 'Hills');
    const names = new Map([...named('HILLS', [photoIds[0]!]), ...named('Boats', [photoIds[1]!, photoIds[8]!])]);
    expect(edits.importNames(names)).toMatchObject({ numNamed: 0, numMade: 1, numPlaced: 3 });
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBe(groupIds[1]);
    expect(store.memberships.list(0).groups.map(({ name, numPhotos }) => [name, numPhotos])).toContainEqual([
      'Boats',
      2,
    ]);
  });

  it('never overrides what a person decided', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    const [moved, removed, confirmed, rejected] = photoIds as [number, number, number, number];
    edits.rename(groupIds[2]!, 'Far');
    edits.move([rejected], groupIds[2]!);
    edits.remove([rejected]);
    store.db.prepare('DELETE FROM overrides').run();
    edits.move([moved], groupIds[1]!);
    edits.remove([removed]);
    edits.confirm([confirmed]);
    const before = editedTables(store);
    const result = edits.importNames(new Map(named('Far', [moved, removed, confirmed, rejected])));
    expect(result).toEqual({ entry: null, numNamed: 0, numMade: 0, numPlaced: 0, numKept: 4 });
    expect(editedTables(store)).toBe(before);
  });

  it('names a group whose photos a person had all confirmed', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.confirm(photoIds.slice(0, 4));
    expect(edits.importNames(new Map(named('Beach', photoIds.slice(0, 4))))).toMatchObject({
      numNamed: 1,
      numPlaced: 0,
    });
    expect(store.memberships.list(0).groups[0]).toMatchObject({ id: groupIds[0], name: 'Beach' });
  });

  it('changes nothing the second time, and gives two names two groups', () => {
    const { store, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    const names = new Map([...named('A', photoIds.slice(0, 2)), ...named('B', photoIds.slice(2, 4))]);
    edits.importNames(names);
    const after = editedTables(store);
    expect(edits.importNames(names)).toMatchObject({ entry: null, numPlaced: 0, numKept: 0 });
    expect(editedTables(store)).toBe(after);
    const groupOf = (index: number): string | null => store.memberships.of(photoIds[index]!)!.group_id;
    expect([groupOf(0), groupOf(2)]).toEqual([groupOf(1), groupOf(3)]);
    expect(groupOf(0)).not.toBe(groupOf(2));
  });

  it('passes over photos that are not shown', () => {
    const { store, photoIds } = smallStore();
    store.photos.setMissing(photoIds[0]!, true);
    const names = new Map(named('A', [photoIds[0]!, 9999]));
    expect(new GroupEdits(store).importNames(names)).toMatchObject({ entry: null, numPlaced: 0 });
  });
});

describe('the name of a photo', () => {
  const choose = (folders: string[], keywords: string[][], { from = 'auto', isExport = false, known = '' } = {}) =>
    chooseName({ folders, keywords }, { from: from as NamesSource, isExport, isKnown: (name) => name === known });

  it('is the outermost folder of an export, even a date, but never one of its trays', () => {
    expect(choose(['Beach', '2024'], [['Hills']], { isExport: true })).toBe('Beach');
    expect(choose(['2024'], [], { isExport: true })).toBe('2024');
    expect(choose(['Unsorted'], [], { isExport: true })).toBeNull();
    expect(choose(['Group 12 (2)', 'Beach'], [], { isExport: true })).toBeNull();
  });

  it('is elsewhere the most specific keyword, then a folder that is no date and no camera’s', () => {
    expect(choose(['2024', '05'], [['Places', 'Italy']])).toBe('Italy');
    expect(choose(['2024-05-01'], [['Beach', '2024']])).toBe('Beach');
    expect(choose(['DCIM', '100CANON', 'Boats'], [])).toBe('Boats');
    expect(choose(['2024', '05'], [])).toBeNull();
  });

  it('is of several keywords one that is a group’s name, and from where the person says', () => {
    expect(choose([], [['sea'], ['Beach']], { known: 'Beach' })).toBe('Beach');
    expect(choose(['Boats'], [['sea']], { from: 'folders' })).toBe('Boats');
    expect(choose(['Boats'], [], { from: 'keywords' })).toBeNull();
    expect(choose(['x'.repeat(121)], [])).toBeNull();
  });
});
