import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { readDetail, setDetail } from '@main/groups/set-detail';
import { placeGroups } from '@main/run/stages/assign';
import type { Store } from '@main/store/store';

import { editedTables, smallStore, staleMemberships } from '../../../helpers/small-store';

/** Six leaves of four photos; at detail 1 the groups {0, 1}, {2, 3}, {4}, {5}. */
const tree = {
  numClusters: 6,
  merges: [
    { a: 0, b: 1, height: 4 },
    { a: 2, b: 3, height: 3 },
    { a: 4, b: 5, height: 0.5 },
    { a: 0, b: 2, height: 0.3 },
    { a: 0, b: 4, height: 0.1 },
  ],
};
const groupByLeaf = [0, 0, 1, 1, 2, 3];

function place(store: Store, runId: number, photoIds: readonly number[]): void {
  const leaves = Int32Array.from(photoIds, (_, index) => Math.floor(index / 4));
  placeGroups(store, runId, {
    photoIds,
    numGroups: 4,
    labels: leaves.map((leaf) => groupByLeaf[leaf]!),
    confidences: new Float32Array(photoIds.length).fill(0.9),
    typicality: new Float32Array(photoIds.length),
    parts: { tree, detail: 1, leaves },
  });
}

function library(): { store: Store; photoIds: number[]; edits: GroupEdits; groupOf: (leaf: number) => string } {
  const { store, photoIds } = smallStore({ numPhotos: 24, groupSize: 24, numUnsorted: 24 });
  place(store, 1, photoIds);
  const groupOf = (leaf: number): string => store.memberships.of(photoIds[4 * leaf]!)!.group_id!;
  return { store, photoIds, edits: new GroupEdits(store), groupOf };
}

function sizes(store: Store): number[] {
  return store.memberships
    .list(0)
    .groups.map((group) => group.numPhotos)
    .sort((a, b) => b - a);
}

describe('the detail slider', () => {
  it('lists what can be shown and where it stands', () => {
    const { store } = library();
    const view = readDetail(store)!;
    expect(view.stops.map((stop) => stop.numGroups)).toEqual([2, 3, 4, 5, 6]);
    expect(view.stops[view.stopIndex]).toEqual({ detail: 1, numGroups: 4 });
  });

  it('shows as many groups as each stop says, and finds its place again', () => {
    const { store } = library();
    readDetail(store)!.stops.forEach((stop, index) => {
      setDetail(store, stop.detail);
      expect(store.memberships.list(0).groups).toHaveLength(stop.numGroups);
      expect(readDetail(store)!.stopIndex).toBe(index);
    });
  });

  it('keeps a group at its largest part and says where new ones came from', () => {
    const { store, groupOf } = library();
    const before = groupOf(0);
    setDetail(store, 3.5);
    expect(groupOf(0)).toBe(before);
    expect(groupOf(1)).toBe(before);
    expect(groupOf(2)).not.toBe(groupOf(3));
    const made = store.db.prepare('SELECT id FROM groups WHERE split_from IS NOT NULL').all();
    expect(made).toHaveLength(1);
  });

  it('undoes to the byte, step by step', () => {
    const { store, edits } = library();
    const start = editedTables(store);
    setDetail(store, 5);
    const fine = editedTables(store);
    setDetail(store, 0.2);
    edits.undo();
    expect(editedTables(store)).toBe(fine);
    edits.undo();
    expect(editedTables(store)).toBe(start);
    edits.redo();
    expect(editedTables(store)).toBe(fine);
    expect(readDetail(store)!.detail).toBe(5);
  });

  it('makes one step of a drag over many stops, undone and redone to the byte, or taken back later', () => {
    const { store, edits, groupOf } = library();
    const start = editedTables(store);
    const first = groupOf(0);
    const details = [5, 0.2, 3.5, 1, 5];
    let entry = setDetail(store, details[0]!);
    for (const detail of details.slice(1)) entry = setDetail(store, detail, entry.id);
    const end = editedTables(store);
    expect(store.journal.list().entries.map(({ label }) => label)).toEqual(['Changed the detail to 6 groups']);
    edits.undo();
    expect(editedTables(store)).toBe(start);
    edits.redo();
    expect(editedTables(store)).toBe(end);
    edits.setPinned(first, true);
    edits.revert(entry.id);
    expect(readDetail(store)!.detail).toBe(1);
    expect(staleMemberships(store)).toEqual([]);
  });

  it('starts a new step where something else was done since', () => {
    const { store, edits, groupOf } = library();
    const { id } = setDetail(store, 5);
    edits.setPinned(groupOf(0), true);
    setDetail(store, 0.2, id);
    expect(store.journal.list().entries).toHaveLength(3);
    edits.undo();
    setDetail(store, 3.5, id);
    expect(store.journal.list().entries).toHaveLength(3);
  });

  it('never splits a named group, and never brings others into it', () => {
    const { store, edits, groupOf } = library();
    edits.rename(groupOf(0), 'Boats');
    const boats = groupOf(0);
    const fewest = readDetail(store)!.stops[0]!;
    expect(fewest.numGroups).toBe(2);
    for (const detail of [0.2, fewest.detail]) {
      setDetail(store, detail);
      expect([2, 3, 4, 5].map(groupOf)).not.toContain(boats);
    }
    // The rest of what would have joined it becomes one group without it.
    expect(sizes(store)).toEqual([16, 8]);
    setDetail(store, 5);
    expect(groupOf(0)).toBe(boats);
    expect(groupOf(1)).toBe(boats);
    expect(sizes(store)).toEqual([8, 4, 4, 4, 4]);
  });

  it('keeps all of a group that was named after the slider made it', () => {
    const { store, edits, groupOf } = library();
    setDetail(store, 0.2);
    edits.rename(groupOf(0), 'Everything wet');
    setDetail(store, 1);
    expect(groupOf(2)).toBe(groupOf(0));
    expect(sizes(store)).toEqual([16, 4, 4]);
  });

  it('never joins two named groups', () => {
    const { store, edits, groupOf } = library();
    edits.rename(groupOf(0), 'Boats');
    edits.rename(groupOf(2), 'Birds');
    setDetail(store, 0.01);
    expect(store.memberships.list(0).groups.map((group) => group.name)).toEqual(
      expect.arrayContaining(['Boats', 'Birds']),
    );
    expect(groupOf(0)).not.toBe(groupOf(2));
  });

  it('leaves corrections where they are', () => {
    const { store, photoIds, edits, groupOf } = library();
    edits.move([photoIds[0]!], groupOf(5));
    edits.remove([photoIds[8]!]);
    const target = groupOf(5);
    for (const { detail } of readDetail(store)!.stops) {
      setDetail(store, detail);
      expect(store.memberships.of(photoIds[0]!)!.group_id).toBe(target);
      expect(store.memberships.of(photoIds[8]!)!.group_id).toBeNull();
      expect(staleMemberships(store)).toEqual([]);
    }
  });

  it('shows what is true of photos that were refused somewhere, wherever their leaf goes', () => {
    const { store, photoIds, edits, groupOf } = library();
    const refuse = (photoId: number, groupId: string): void =>
      void store.journal.record('Refused', (rows) =>
        rows.put('rejections', { photo_id: photoId, group_id: groupId, created_at: '' }),
      );
    refuse(photoIds[0]!, groupOf(0));
    refuse(photoIds[1]!, groupOf(2));
    store.journal.record('Let follow', (rows) => {
      for (const index of [1, 4, 21])
        rows.put('accepted_moves', {
          photo_id: photoIds[index]!,
          group_id: groupOf(4),
          confidence: 0.7,
          created_at: '',
        });
    });
    refuse(photoIds[4]!, groupOf(5));
    const steps = [
      ...[0.2, 5, 1].map((detail) => () => void setDetail(store, detail)),
      () => void edits.merge(groupOf(5), groupOf(4)),
      () => void edits.merge(groupOf(2), groupOf(0)),
      () => void setDetail(store, 5),
      ...Array.from({ length: 6 }, () => () => void edits.undo()),
      ...Array.from({ length: 6 }, () => () => void edits.redo()),
    ];
    for (const step of steps) {
      step();
      expect(staleMemberships(store)).toEqual([]);
    }
  });

  it('keeps merged groups together', () => {
    const { store, edits, groupOf } = library();
    edits.merge(groupOf(4), groupOf(0));
    setDetail(store, 5);
    expect(groupOf(4)).toBe(groupOf(0));
    expect(groupOf(1)).toBe(groupOf(0));
  });

  it('is told the same by a run that comes after, names included', () => {
    const { store, photoIds, edits, groupOf } = library();
    edits.rename(groupOf(0), 'Boats');
    setDetail(store, 0.2);
    const boats = groupOf(0);
    place(store, 1, photoIds);
    expect(groupOf(0)).toBe(boats);
    expect(groupOf(2)).not.toBe(boats);
    expect(sizes(store)).toEqual([8, 8, 4, 4]);
  });

  it('has nothing to say before there is a tree', () => {
    const { store } = smallStore();
    expect(readDetail(store)).toBeNull();
    expect(() => setDetail(store, 2)).toThrowError(expect.objectContaining({ code: 'failed-precondition' }));
  });
});
