import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { SplitPlanner } from '@main/groups/plan-split';
import type { Store } from '@main/store/store';
import { RunOptions } from '@shared/model/run';

import { editedTables, smallStore } from '../../../helpers/small-store';

/** A group of eight photos of which the even ones point one way and the odd ones another; two more photos elsewhere. */
function twoKinds(): {
  store: Store;
  groupId: string;
  even: number[];
  odd: number[];
  edits: GroupEdits;
  others: number[];
} {
  const { store, photoIds, groupIds } = smallStore({ numPhotos: 10, groupSize: 8, numUnsorted: 1 });
  const own = photoIds.slice(0, 8);
  const rows = own.map((_, index) => (index % 2 === 0 ? [1, 0.01 * index, 0] : [0, 0.01 * index, 1]));
  const model = store.learned.putFeatureModel('trunk', 'hash', new Uint8Array());
  store.learned.putVectors(model, own, { columns: 3, values: Float32Array.from(rows.flat()) });
  return {
    store,
    groupId: groupIds[0]!,
    even: own.filter((_, index) => index % 2 === 0),
    odd: own.filter((_, index) => index % 2 === 1),
    others: photoIds.slice(8),
    edits: new GroupEdits(store),
  };
}

const groupOf = (store: Store, photoId: number): string | null | undefined => store.memberships.of(photoId)?.group_id;

describe('planning a split', () => {
  it('finds the parts by what was learned, and changes nothing', () => {
    const { store, groupId, even, odd } = twoKinds();
    const before = editedTables(store);
    const plan = new SplitPlanner(store.db).plan({ groupId, numParts: null, seedPhotoIds: null });
    expect(plan.suggestedParts).toBe(2);
    expect(plan.parts.map((part) => [...part.photoIds].sort())).toEqual(expect.arrayContaining([even, odd]));
    expect(editedTables(store)).toBe(before);
  });

  it('goes around chosen photos, in their order', () => {
    const { store, groupId, even, odd } = twoKinds();
    const seedPhotoIds = [odd[1]!, even[2]!];
    const { parts } = new SplitPlanner(store.db).plan({ groupId, numParts: null, seedPhotoIds });
    expect(parts.map((part) => [...part.photoIds].sort())).toEqual([odd, even]);
  });

  it('keeps a burst in one part', () => {
    const { store, groupId, even, odd } = twoKinds();
    store.db.prepare('UPDATE photos SET unit_photo_id = ? WHERE id IN (?, ?)').run(even[0], even[0], odd[0]);
    store.db.prepare('DELETE FROM photo_vectors WHERE photo_id = ?').run(odd[0]);
    const { parts } = new SplitPlanner(store.db).plan({ groupId, numParts: 2, seedPhotoIds: null });
    const sets = parts.map((part) => part.photoIds as readonly number[]);
    expect(sets.find((set) => set.includes(even[0]!))).toContain(odd[0]);
  });

  it('works from the first look where nothing was learned yet', () => {
    const { store, groupId, even, odd } = twoKinds();
    store.db.prepare('DELETE FROM photo_vectors').run();
    const plan = (): unknown => new SplitPlanner(store.db).plan({ groupId, numParts: 2, seedPhotoIds: null });
    expect(plan).toThrowError(/has not looked/);
    store.runs.setTrunk(store.runs.latest()!, 'some-trunk');
    for (const id of even) store.embeddings.put('some-trunk', id, 0, Float32Array.of(2, 5, 1));
    for (const id of odd) store.embeddings.put('some-trunk', id, 0, Float32Array.of(1, 5, 2));
    expect(plan()).toMatchObject({ parts: [{ photoIds: { length: 4 } }, { photoIds: { length: 4 } }] });
  });

  it('says why it cannot: gone, a chosen photo elsewhere, too few, all alike', () => {
    const { store, groupId, even, others, edits } = twoKinds();
    const plan = (seedPhotoIds: number[] | null, id = groupId): (() => unknown) => {
      return () => new SplitPlanner(store.db).plan({ groupId: id, numParts: 2, seedPhotoIds });
    };
    expect(plan(null, '00000000-0000-4000-8000-000000000000')).toThrowError(/not there/);
    expect(plan([even[0]!, others[0]!])).toThrowError(/not in this group/);
    store.db.prepare('UPDATE photo_vectors SET vector = (SELECT vector FROM photo_vectors LIMIT 1)').run();
    expect(plan(null)).toThrowError(/all alike/);
    edits.remove(store.memberships.all().flatMap((row) => (row.photo_id !== even[0] ? [row.photo_id] : [])));
    expect(plan(null)).toThrowError(/two photos or more/);
  });
});

describe('a split', () => {
  it('makes the other parts groups of their own, as one edit that can be undone', () => {
    const { store, groupId, even, odd, edits } = twoKinds();
    edits.rename(groupId, 'Mixed');
    const before = editedTables(store);
    const { groupIds, entry } = edits.split(groupId, [
      { name: null, photoIds: even },
      { name: 'Odd', photoIds: odd },
    ]);
    expect(entry.label).toBe('Split “Mixed” into 2');
    expect(groupIds[0]).toBe(groupId);
    expect(even.map((id) => groupOf(store, id))).toEqual(even.map(() => groupId));
    expect(odd.map((id) => groupOf(store, id))).toEqual(odd.map(() => groupIds[1]));
    const names = store.memberships.list(0).groups.map((group) => group.name);
    expect(names).toEqual(expect.arrayContaining(['Mixed', 'Odd']));
    const after = editedTables(store);
    edits.undo();
    expect(editedTables(store)).toBe(before);
    edits.redo();
    expect(editedTables(store)).toBe(after);
  });

  it('takes along what the person had placed', () => {
    const { store, groupId, even, odd, others, edits } = twoKinds();
    edits.move(others, groupId);
    const { groupIds } = edits.split(groupId, [
      { name: null, photoIds: even },
      { name: null, photoIds: [...odd, ...others] },
    ]);
    expect(others.map((id) => groupOf(store, id))).toEqual(others.map(() => groupIds[1]));
  });

  it('is not joined again by a later run', () => {
    const { store, groupId, even, odd, edits } = twoKinds();
    const { groupIds } = edits.split(groupId, [
      { name: null, photoIds: even },
      { name: null, photoIds: odd },
    ]);
    const all = [...even, ...odd].map((photoId) => ({ photoId, groupId, confidence: 1, typicality: 1 }));
    store.placements.replaceAll(store.runs.create(RunOptions.parse({})), all);
    expect(odd.map((id) => groupOf(store, id))).toEqual(odd.map(() => groupIds[1]));
  });

  it('is refused when the group has changed since the parts were shown', () => {
    const { groupId, even, odd, others, edits } = twoKinds();
    edits.remove([odd[0]!]);
    const split = (...photoIds: number[][]): (() => unknown) => {
      return () =>
        edits.split(
          groupId,
          photoIds.map((ids) => ({ name: null, photoIds: ids })),
        );
    };
    expect(split(even, odd)).toThrowError(/has changed/);
    expect(split(even, others)).toThrowError(/has changed/);
    expect(split(even, [even[0]!])).toThrowError(/one part only/);
  });

  it('refuses names that are taken', () => {
    const { store, groupId, even, odd, others, edits } = twoKinds();
    edits.create('Taken', others);
    const before = editedTables(store);
    const named = (one: string, two: string): (() => unknown) => {
      return () =>
        edits.split(groupId, [
          { name: one, photoIds: even },
          { name: two, photoIds: odd },
        ]);
    };
    expect(named('Fine', 'taken')).toThrowError(/already/);
    expect(named('Same', 'same')).toThrowError(/same name/);
    expect(editedTables(store)).toBe(before);
  });
});
