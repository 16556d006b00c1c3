import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import type { GroupId } from '@shared/model/ids';
import { RunOptions } from '@shared/model/run';

import { smallStore, staleMemberships } from '../../../helpers/small-store';

describe('memberships', () => {
  it('lists groups, named first and then by size, with their trays', () => {
    const { store, groupIds } = smallStore({ numPhotos: 11, groupSize: 4, numUnsorted: 2 });
    new GroupEdits(store).rename(groupIds[2]!, 'Small but named');
    const list = store.memberships.list(5);
    expect(list.groups.map((group) => [group.name, group.numPhotos])).toEqual([
      ['Small but named', 1],
      [null, 4],
      [null, 4],
    ]);
    expect(list.unsorted.numPhotos).toBe(2);
    expect(list.unsure.numPhotos).toBe(3);
    expect(list.revision).toBe(5);
  });

  it('counts sure, likely and unsure photos of a group', () => {
    const { store, groupIds } = smallStore({ numPhotos: 10, groupSize: 10, numUnsorted: 0 });
    const [group] = store.memberships.list(0).groups;
    expect(group).toMatchObject({ id: groupIds[0], numSure: 3, numLikely: 3, numUnsure: 4 });
  });

  it('pages through a group, sure and typical first', () => {
    const { store, groupIds, photoIds } = smallStore({ numPhotos: 8, groupSize: 8, numUnsorted: 0 });
    const place = { kind: 'group', groupId: groupIds[0] as GroupId } as const;
    const ids = [...store.memberships.photos(place, 0, 5).photos, ...store.memberships.photos(place, 5, 5).photos].map(
      (photo) => photo.id,
    );
    expect(ids).toEqual(photoIds);
    expect(store.memberships.photos(place, 0, 5).total).toBe(8);
  });

  it('shows a photo where the person put it, whatever the run says', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.move([photoIds[0]!], groupIds[1]!);
    store.placements.replaceAll(1, [{ photoId: photoIds[0]!, groupId: groupIds[0]!, confidence: 1, typicality: 1 }]);
    expect(store.memberships.of(photoIds[0]!)).toMatchObject({ group_id: groupIds[1], is_placed: 1, confidence: 1 });
  });

  it('never shows a photo again in a group it was removed from', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.remove([photoIds[0]!]);
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBeNull();
    store.db.prepare('DELETE FROM overrides').run();
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBeNull();
    store.placements.replaceAll(1, [{ photoId: photoIds[0]!, groupId: groupIds[1]!, confidence: 1, typicality: 1 }]);
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBe(groupIds[1]);
  });

  it('shows the photos of a merged group in the target, also when a later run places more there', () => {
    const { store, groupIds, photoIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.merge(groupIds[0]!, groupIds[1]!);
    edits.merge(groupIds[1]!, groupIds[2]!);
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBe(groupIds[2]);
    store.placements.replaceAll(1, [{ photoId: photoIds[9]!, groupId: groupIds[0]!, confidence: 1, typicality: 1 }]);
    expect(store.memberships.of(photoIds[9]!)?.group_id).toBe(groupIds[2]);
  });

  it('does not show photos that are missing, failed, or the lesser half of a pair', () => {
    const { store, photoIds } = smallStore();
    store.photos.setMissing(photoIds[0]!, true);
    store.photos.setFailed(photoIds[1]!, 'Damaged.');
    store.photos.setPrimary(photoIds[2]!, photoIds[3]!);
    expect([0, 1, 2].map((index) => store.memberships.of(photoIds[index]!))).toEqual([undefined, undefined, undefined]);
  });
});

describe('memberships that are kept', () => {
  it('follow photos that go, come back, fail, pair up or are read again', () => {
    const { store, photoIds } = smallStore();
    const changes = [
      () => store.photos.setMissing(photoIds[0]!, true),
      () => store.photos.setMissing(photoIds[0]!, false),
      () => store.photos.setFailed(photoIds[1]!, 'Damaged.'),
      () => store.photos.retry([]),
      () => store.photos.setPrimary(photoIds[2]!, photoIds[3]!),
      () => store.photos.markChanged(photoIds[4]!, 1, 1),
      () => store.photos.setMissing(photoIds[5]!, true),
      () => store.identity.takeOver(photoIds[5]!, photoIds[6]!),
    ];
    for (const change of changes) {
      change();
      expect(staleMemberships(store)).toEqual([]);
    }
    expect(store.memberships.all()).toHaveLength(12 - 4);
  });

  it('follow the run that is shown, and what the person lets follow from a correction', () => {
    const { store, photoIds, groupIds } = smallStore();
    const first = store.placements.shownRun()!;
    const second = store.runs.create(RunOptions.parse({ seed: 2 }));
    store.placements.replaceAll(
      second,
      photoIds.slice(2).map((photoId) => ({ photoId, groupId: groupIds[1]!, confidence: 0.6, typicality: 0.5 })),
    );
    expect(staleMemberships(store)).toEqual([]);
    expect(store.memberships.of(photoIds[4]!)?.group_id).toBe(groupIds[1]);
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBeNull();
    store.db.prepare(`INSERT INTO run_choices VALUES (?, ?, '')`).run(second, first);
    expect(staleMemberships(store)).toEqual([]);
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBe(groupIds[0]);
    store.db.prepare(`INSERT INTO accepted_moves VALUES (?, ?, 0.7, '')`).run(photoIds[0], groupIds[2]);
    expect(staleMemberships(store)).toEqual([]);
    new GroupEdits(store).merge(groupIds[2]!, groupIds[1]!);
    expect(staleMemberships(store)).toEqual([]);
    expect(store.memberships.of(photoIds[0]!)?.group_id).toBe(groupIds[1]);
  });
});

describe('edits', () => {
  it('refuses a name that another group has, whatever its case', () => {
    const { store, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    edits.rename(groupIds[0]!, 'Äpfel');
    expect(() => edits.rename(groupIds[1]!, 'äPFEL')).toThrowError(/already a group “Äpfel”/);
    expect(() => edits.create('a\u0308pfel', [])).toThrowError(/already/);
  });

  it('refuses a cover from another group', () => {
    const { store, groupIds, photoIds } = smallStore();
    expect(() => new GroupEdits(store).setCover(groupIds[1]!, photoIds[0]!)).toThrowError(/photo of the group/);
  });

  it('raises the revision with every edit, undo and redo', () => {
    const { store, groupIds } = smallStore();
    const edits = new GroupEdits(store);
    const start = store.library.revision;
    edits.rename(groupIds[0]!, 'Beach');
    edits.undo();
    edits.redo();
    expect(store.library.revision).toBe(start + 3);
  });
});
