import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { placeGroups } from '@main/run/stages/assign';
import type { Store } from '@main/store/store';

import { smallStore, staleMemberships } from '../../../../helpers/small-store';

/** Places every photo by a new run, sure of each. */
function placeAs(store: Store, photoIds: readonly number[], labels: readonly number[]): void {
  const runId = store.runs.create(store.runs.options(store.placements.shownRun()!));
  placeGroups(store, runId, {
    ...{ photoIds, labels: Int32Array.from(labels), numGroups: Math.max(...labels) + 1 },
    confidences: new Float32Array(photoIds.length).fill(0.9),
    typicality: new Float32Array(photoIds.length).fill(0.9),
  });
}

const groupsOf = (store: Store, photoIds: readonly number[]) =>
  new Set(photoIds.map((id) => store.memberships.of(id)!.group_id));

describe('placeGroups', () => {
  it('keeps groups together that the person merged, when a run finds them apart again', () => {
    const { store, photoIds, groupIds } = smallStore({ numPhotos: 12, groupSize: 4, numUnsorted: 0 });
    new GroupEdits(store).merge(groupIds[0]!, groupIds[1]!);
    placeAs(store, photoIds, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(groupsOf(store, photoIds.slice(0, 8))).toEqual(new Set([groupIds[1]]));
    expect(groupsOf(store, photoIds.slice(8))).toEqual(new Set([groupIds[2]]));
    expect(staleMemberships(store)).toEqual([]);
  });

  it.each(['setHidden', 'setPinned'] as const)('keeps the photos of a group after %s', (edit) => {
    const { store, photoIds, groupIds } = smallStore({ numPhotos: 12, groupSize: 6, numUnsorted: 0 });
    new GroupEdits(store)[edit](groupIds[0]!, true);
    placeAs(store, photoIds, [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(groupsOf(store, photoIds.slice(0, 6))).toEqual(new Set([groupIds[0]]));
  });

  it('keeps the place of a photo that is away, for as long as its group goes on', () => {
    const { store, photoIds, groupIds } = smallStore({ numPhotos: 12, groupSize: 4, numUnsorted: 0 });
    new GroupEdits(store).rename(groupIds[0]!, 'Named');
    const away = [photoIds[0]!, photoIds[4]!, photoIds[8]!];
    away.forEach((id) => store.photos.setMissing(id, true));
    // The second group goes on, the third falls apart.
    const there = photoIds.filter((id) => !away.includes(id));
    placeAs(store, there, [0, 0, 0, 1, 1, 1, 0, 0, 1]);
    away.forEach((id) => store.photos.setMissing(id, false));
    const groupOf = (id: number) => store.memberships.of(id)!.group_id;
    expect(away.map(groupOf)).toEqual([groupIds[0], groupIds[1], null]);
    expect(staleMemberships(store)).toEqual([]);
  });
});
