import { describe, expect, it } from 'vitest';

import { GroupEdits } from '@main/groups/edit-groups';
import { PairEdits } from '@main/groups/pair-edits';
import { RunEdits } from '@main/groups/run-edits';
import { type Grouping, placeGroups } from '@main/run/stages/assign';
import type { Store } from '@main/store/store';
import { RunOptions } from '@shared/model/run';

import { addPhoto, editedTables, smallStore } from '../../../helpers/small-store';

/** Three groups of eight (0–7, 8–15, 16–23), and a way to have a run find other ones. */
function setUp(): {
  store: Store;
  photoIds: number[];
  groupIds: string[];
  edits: GroupEdits;
  runs: RunEdits;
  rerun: (labelOf: (index: number) => number) => number;
  where: () => (string | null)[];
} {
  const { store, photoIds, groupIds } = smallStore({ numPhotos: 24, groupSize: 8, numUnsorted: 0 });
  return {
    store,
    photoIds,
    groupIds,
    edits: new GroupEdits(store),
    runs: new RunEdits(store),
    rerun: (labelOf) => {
      const runId = store.runs.create(RunOptions.parse({}));
      placeGroups(store, runId, grouping(photoIds, labelOf));
      store.runs.setState(runId, 'done');
      return runId;
    },
    where: () => store.memberships.all().map((membership) => membership.group_id),
  };
}

function grouping(photoIds: readonly number[], labelOf: (index: number) => number): Grouping {
  const labels = Int32Array.from(photoIds, (_, index) => labelOf(index));
  return {
    photoIds,
    labels,
    numGroups: Math.max(...labels) + 1,
    confidences: new Float32Array(photoIds.length).fill(0.9),
    typicality: new Float32Array(photoIds.length),
  };
}

const third = (index: number): number => Math.floor(index / 8);

describe('what a run changed', () => {
  it('is nothing after the first run, and after one that finds the same', () => {
    const { store, rerun } = setUp();
    expect(store.runHistory.diff(store.placements.newestRun()!)).toBeNull();
    const runId = rerun(third);
    expect(store.runHistory.diff(runId)).toMatchObject({ numSame: 24, numMoved: 0, numNew: 0, groups: [] });
  });

  it('tells what moved, appeared and vanished, per group, and which groups were split or joined', () => {
    const { store, groupIds, photoIds, rerun } = setUp();
    // The first falls apart, the second and the third become one but for one photo, which fits nowhere.
    const runId = rerun((index) => (index < 5 ? 0 : index < 8 ? 1 : index === 23 ? -1 : 2));
    const diff = store.runHistory.diff(runId)!;
    expect(diff).toMatchObject({ decision: 'open', numMoved: 3 + 7 + 1, numSame: 13, numNew: 0 });
    const of = (id: string | null): (typeof diff.groups)[number] =>
      diff.groups.find((one) => (one.group?.id ?? null) === id)!;
    expect(of(groupIds[0]!)).toMatchObject({ kind: 'changed', numBefore: 8, numAfter: 5, left: [{ numPhotos: 3 }] });
    const appeared = diff.groups.find((one) => one.kind === 'appeared' && one.group !== null)!;
    expect(appeared).toMatchObject({ splitFrom: { id: groupIds[0] }, numAfter: 3 });
    expect(appeared.arrived).toEqual([
      { group: { id: groupIds[0], name: null }, numPhotos: 3, photoIds: photoIds.slice(5, 8) },
    ]);
    const vanished = diff.groups.find((one) => one.kind === 'vanished')!;
    expect(vanished).toMatchObject({ numBefore: 8, numAfter: 0 });
    expect(vanished.mergedInto).not.toBeNull();
    expect([groupIds[1], groupIds[2]]).toEqual(expect.arrayContaining([vanished.group!.id, vanished.mergedInto!.id]));
    expect(of(null)).toMatchObject({ numAfter: 1 });
  });

  it('counts new photos apart, and never one that the person placed', () => {
    const { store, groupIds, photoIds, edits } = setUp();
    edits.move([photoIds[0]!], groupIds[2]!);
    const all = [...photoIds, addPhoto(store, 1, 500)];
    const runId = store.runs.create(RunOptions.parse({}));
    placeGroups(
      store,
      runId,
      grouping(all, (index) => (index === 24 ? 1 : third(index))),
    );
    expect(store.runHistory.diff(runId)).toMatchObject({ numMoved: 0, numNew: 1, numSame: 24 });
  });
});

describe('a run’s changes', () => {
  it('are rejected by showing what was there before, accepted by saying so, and both can be undone', () => {
    const { store, rerun, runs, edits, where } = setUp();
    const before = where();
    const first = store.placements.newestRun()!;
    const runId = rerun((index) => (index < 12 ? 0 : 1));
    const after = where();
    const tables = editedTables(store);
    expect(after).not.toEqual(before);
    runs.restore(first);
    expect(where()).toEqual(before);
    expect(store.runHistory.diff(runId)?.decision).toBe('rejected');
    edits.undo();
    expect(where()).toEqual(after);
    expect(editedTables(store)).toBe(tables);
    runs.accept();
    expect(store.runHistory.diff(runId)?.decision).toBe('accepted');
    expect(where()).toEqual(after);
  });

  it('can be left out for one group alone', () => {
    const { store, groupIds, photoIds, rerun, runs, edits, where } = setUp();
    const runId = rerun((index) => (index === 0 ? 1 : index === 8 ? 0 : index === 16 ? 1 : third(index)));
    const after = where();
    runs.putBack(runId, groupIds[0]!);
    expect([0, 8, 16].map((index) => store.memberships.of(photoIds[index]!)?.group_id)).toEqual([
      groupIds[0],
      groupIds[1],
      groupIds[1],
    ]);
    expect(() => runs.putBack(runId, groupIds[0]!)).toThrowError(/nothing to put back/);
    edits.undo();
    expect(where()).toEqual(after);
  });

  it('lie under what the person did, which no other run takes away', () => {
    const { store, groupIds, photoIds, rerun, runs, edits } = setUp();
    const first = store.placements.newestRun()!;
    rerun((index) => (index < 12 ? 0 : 1));
    edits.move([photoIds[3]!], groupIds[2]!);
    edits.rename(groupIds[0]!, 'Beach');
    runs.restore(first);
    expect(store.memberships.of(photoIds[3]!)?.group_id).toBe(groupIds[2]);
    expect(store.memberships.list(0).groups.find((group) => group.id === groupIds[0])?.name).toBe('Beach');
  });
});

describe('earlier runs', () => {
  it('are listed, and any of them can be shown again, with its groups', () => {
    const { store, rerun, runs, where } = setUp();
    const seen = [where()];
    rerun((index) => (index < 12 ? 0 : 1));
    seen.push(where());
    rerun((index) => index % 4);
    seen.push(where());
    const kept = store.runHistory.kept();
    expect(kept.map(({ numGroups, isShown, isNewest }) => [numGroups, isShown, isNewest])).toEqual([
      [4, true, true],
      [2, false, false],
      [3, false, false],
    ]);
    runs.restore(kept[2]!.id);
    expect(where()).toEqual(seen[0]);
    runs.restore(kept[1]!.id);
    expect(where()).toEqual(seen[1]);
    expect(() => runs.restore(kept[1]!.id)).toThrowError(/shown already/);
    expect(() => runs.restore(99)).toThrowError(/not kept/);
    runs.restore(kept[0]!.id);
    expect(where()).toEqual(seen[2]);
  });
});

describe('groups that a person named', () => {
  it('never merge by themselves, however alike a run finds them', () => {
    const { groupIds, rerun, edits, where } = setUp();
    edits.rename(groupIds[0]!, 'Cats');
    edits.rename(groupIds[1]!, 'Dogs');
    const before = where();
    rerun(() => 0);
    rerun((index) => (index < 16 ? 0 : 1));
    expect(where().slice(0, 16)).toEqual(before.slice(0, 16));
  });
});

describe('photos that a person called different', () => {
  it('are not put into one group by a later run', () => {
    const { store, groupIds, photoIds, rerun } = setUp();
    new PairEdits(store).apart([photoIds[0]!, photoIds[8]!]);
    rerun((index) => (index < 16 ? 0 : 1));
    const [a, b] = [0, 8].map((index) => store.memberships.of(photoIds[index]!)?.group_id);
    expect(a).not.toBe(b);
    expect([a, b]).toContain(null);
    expect(groupIds).toContain(a ?? b);
  });
});
