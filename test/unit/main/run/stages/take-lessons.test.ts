import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { takeLessons } from '@main/run/stages/take-lessons';

import { smallStore } from '../../../../helpers/small-store';

describe('takeLessons', () => {
  it('is nothing where the person said nothing', () => {
    const { store, photoIds } = smallStore();
    expect(takeLessons(store, photoIds)).toBeNull();
  });

  it('tells placed photos as kinds, merged groups as one, refusals by typical photos of the group', () => {
    const { store, photoIds, groupIds } = smallStore({ numPhotos: 14, groupSize: 4 });
    const edits = new GroupEdits(store);
    edits.move([photoIds[0]!], groupIds[1]!);
    edits.confirm([photoIds[8]!]);
    edits.remove([photoIds[1]!]);
    edits.merge(groupIds[2]!, groupIds[1]!);
    const taken = takeLessons(store, photoIds)!;
    expect(taken.groupIds).toEqual([groupIds[1], groupIds[0]]);
    expect([...taken.lessons.kinds].slice(0, 9)).toEqual([0, -1, -1, -1, -1, -1, -1, -1, 0]);
    expect(taken.lessons.rejected).toEqual([[1, 1]]);
    expect([...taken.lessons.examples[0]!]).toEqual([0, 8]);
    expect([...taken.lessons.examples[1]!]).toEqual([2, 3]);
  });

  it('has one hash for the same corrections, another after the next, and the first again after undo', () => {
    const { store, photoIds, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    const hash = (): string | undefined => takeLessons(store, photoIds)?.hash;
    edits.move([photoIds[0]!], groupIds[1]!);
    const first = hash();
    edits.rename(groupIds[1]!, 'Cats');
    expect(hash()).toBe(first);
    edits.confirm([photoIds[5]!]);
    expect(hash()).not.toBe(first);
    edits.undo();
    expect(hash()).toBe(first);
  });

  it('teaches a burst once, as what its placed photo says', () => {
    const { store, photoIds, groupIds } = smallStore();
    store.photos.setUnits(photoIds.slice(0, 3), [photoIds[0]!, photoIds[0]!, photoIds[0]!]);
    new GroupEdits(store).move([photoIds[2]!], groupIds[1]!);
    const unitIds = [photoIds[0]!, ...photoIds.slice(3)];
    expect([...takeLessons(store, unitIds)!.lessons.kinds].slice(0, 2)).toEqual([0, -1]);
  });
});
