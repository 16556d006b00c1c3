import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';
import { connectedSets, linksOf, pathBetween } from '@main/groups/pair-sets';
import type { Store } from '@main/store/store';

import { editedTables, smallStore } from '../../../helpers/small-store';

/** Three groups of four (0–3, 4–7, 8–11) and four photos in Unsorted (12–15). */
function setUp(): {
  store: Store;
  photo: (index: number) => number;
  groupIds: string[];
  pairs: PairEdits;
  edits: GroupEdits;
  groupOf: (index: number) => string | null | undefined;
} {
  const { store, photoIds, groupIds } = smallStore({ numPhotos: 16, groupSize: 4, numUnsorted: 4 });
  const photo = (index: number): number => photoIds[index]!;
  return {
    store,
    photo,
    groupIds,
    pairs: new PairEdits(store),
    edits: new GroupEdits(store),
    groupOf: (index) => store.memberships.of(photo(index))?.group_id,
  };
}

const sets = (store: Store): number[][] =>
  connectedSets(store.pairs.listPairConstraints().filter((pair) => pair.kind === 'together'));

describe('«these belong together»', () => {
  it('brings them into the group that holds most of them, for good, as one edit', () => {
    const { store, photo, groupIds, pairs, edits, groupOf } = setUp();
    const before = editedTables(store);
    const said = pairs.together([photo(0), photo(1), photo(5)]);
    expect(said).toMatchObject({ conflicts: [], groupId: groupIds[0], numMoved: 1 });
    expect(said.entry?.label).toBe('Said that 3 photos belong together');
    expect([0, 1, 5].map(groupOf)).toEqual([groupIds[0], groupIds[0], groupIds[0]]);
    expect(sets(store)).toEqual([[photo(0), photo(1), photo(5)]]);
    expect(store.memberships.of(photo(0))?.is_placed).toBe(1);
    edits.undo();
    expect(editedTables(store)).toBe(before);
  });

  it('prefers the group of those the person placed, then a named one', () => {
    const { photo, groupIds, pairs, edits } = setUp();
    edits.rename(groupIds[1]!, 'Named');
    expect(pairs.together([photo(0), photo(1), photo(4)]).groupId).toBe(groupIds[1]);
    edits.confirm([photo(8)]);
    expect(pairs.together([photo(2), photo(6), photo(8)]).groupId).toBe(groupIds[2]);
  });

  it('makes an unnamed group of photos that have none', () => {
    const { photo, pairs, groupIds, groupOf } = setUp();
    const { groupId } = pairs.together([photo(12), photo(13)]);
    expect(groupIds).not.toContain(groupId);
    expect([groupOf(12), groupOf(13), groupOf(14)]).toEqual([groupId, groupId, null]);
  });

  it('finds what contradicts it at once, also over several steps, and changes nothing before the person chooses', () => {
    const { store, photo, pairs } = setUp();
    pairs.together([photo(0), photo(1)]);
    pairs.apart([photo(1), photo(4)]);
    pairs.together([photo(4), photo(5)]);
    const before = editedTables(store);
    const said = pairs.together([photo(0), photo(5)]);
    expect(said.entry).toBeNull();
    expect(said.conflicts).toMatchObject([
      { kind: 'apart', photoIds: [photo(1), photo(4)], path: [photo(1), photo(0), photo(5), photo(4)] },
    ]);
    expect(editedTables(store)).toBe(before);
    expect(pairs.together([photo(0), photo(5)], true).entry).not.toBeNull();
    expect(store.pairs.listPairConstraints().filter((pair) => pair.kind === 'apart')).toEqual([]);
    expect(sets(store)).toEqual([[photo(0), photo(1), photo(4), photo(5)]]);
  });

  it('reminds that one of them was taken out of that group', () => {
    const { photo, groupIds, pairs, edits, groupOf } = setUp();
    edits.rename(groupIds[0]!, 'Cats');
    edits.remove([photo(3)]);
    expect(pairs.together([photo(0), photo(3)]).conflicts).toMatchObject([
      { kind: 'removed', photoIds: [photo(3)], groupName: 'Cats' },
    ]);
    expect(groupOf(3)).toBeNull();
    pairs.together([photo(0), photo(3)], true);
    expect(groupOf(3)).toBe(groupIds[0]);
  });
});

describe('«these are different»', () => {
  it('leaves the surer one in a group they share and refuses it for the other', () => {
    const { store, photo, groupIds, pairs, groupOf } = setUp();
    const said = pairs.apart([photo(0), photo(2), photo(5)]);
    expect(said).toMatchObject({ conflicts: [], numLeft: 1 });
    expect([0, 2, 5].map(groupOf)).toEqual([groupIds[0], null, groupIds[1]]);
    expect(store.pairs.listPairConstraints().map(({ kind }) => kind)).toEqual(['apart', 'apart', 'apart']);
  });

  it('lets the one stay that the person placed', () => {
    const { photo, groupIds, pairs, edits, groupOf } = setUp();
    edits.confirm([photo(3)]);
    pairs.apart([photo(0), photo(3)]);
    expect([groupOf(0), groupOf(3)]).toEqual([null, groupIds[0]]);
  });

  it('shows by which steps two were said to belong together, and lets one of them go', () => {
    const { store, photo, pairs } = setUp();
    pairs.together([photo(0), photo(1), photo(2)]);
    pairs.together([photo(2), photo(3)]);
    const said = pairs.apart([photo(1), photo(3)]);
    expect(said.entry).toBeNull();
    expect(said.conflicts).toMatchObject([
      { kind: 'together', photoIds: [photo(1), photo(3)], path: [photo(1), photo(0), photo(2), photo(3)] },
    ]);
    expect(pairs.apart([photo(1), photo(3)], [photo(1)]).entry).not.toBeNull();
    expect(sets(store)).toEqual([[photo(0), photo(2), photo(3)]]);
  });

  it('keeps the rest of a set together when the one in its middle leaves', () => {
    const { store, photo, pairs } = setUp();
    pairs.together([photo(0), photo(1)]);
    pairs.together([photo(1), photo(2)]);
    pairs.together([photo(2), photo(3)]);
    pairs.apart([photo(1), photo(2)], [photo(1), photo(2)]);
    expect(sets(store)).toEqual([[photo(0), photo(3)]]);
  });

  it('needs two different photos', () => {
    const { photo, pairs } = setUp();
    expect(() => pairs.apart([photo(0), photo(0)])).toThrowError(/two different photos/);
    expect(() => pairs.together([photo(0), 99_999])).toThrowError(/not there/);
  });
});

describe('what was said of pairs', () => {
  it('never contradicts itself, whatever is said and however conflicts are settled, and is undone to the start', () => {
    const step = fc.record({
      isTogether: fc.boolean(),
      who: fc.uniqueArray(fc.nat(15), { minLength: 2, maxLength: 4 }),
      isForced: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { store, photo, pairs, edits } = setUp();
        const before = editedTables(store);
        for (const { isTogether, who, isForced } of steps) {
          const photoIds = who.map(photo);
          if (isTogether) pairs.together(photoIds, isForced);
          else pairs.apart(photoIds, isForced ? photoIds.slice(1) : []);
          const all = store.pairs.listPairConstraints();
          const links = linksOf(all.filter((pair) => pair.kind === 'together'));
          for (const pair of all) {
            if (pair.kind === 'apart') expect(pathBetween(links, pair.photoId, pair.otherPhotoId)).toBeNull();
          }
        }
        while (edits.undo());
        expect(editedTables(store)).toBe(before);
        store.close();
      }),
      { numRuns: 30, seed: 11 },
    );
  });
});
