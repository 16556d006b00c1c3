import type { RunId } from '@shared/model/ids';
import type { RunDiff } from '@shared/model/run-diff';

import { type FakeHostOptions, runProgress, runReport } from '../helpers/fake-host';
import { FakeLibrary, type GroupSeed } from '../helpers/fake-library';

const named: GroupSeed[] = [
  { name: 'Crete, summer 2021', numPhotos: 214 },
  { name: 'Noor and Ada’s wedding', numPhotos: 168 },
  { name: 'Garden', numPhotos: 96 },
  { name: 'Cats', numPhotos: 131 },
];
const unnamed: GroupSeed[] = [120, 118, 111, 92, 60, 44, 31].map((numPhotos) => ({ name: null, numPhotos }));
const small: GroupSeed[] = [6, 5, 4, 4].map((numPhotos) => ({ name: null, numPhotos }));

/** Questions of two kinds, a correction that others follow, and what a run changed, all about the same library. */
function taught(): FakeHostOptions {
  const library = new FakeLibrary([...named, ...unnamed.slice(0, 3)], 12);
  const [crete, wedding, garden] = library.groups as [Group, Group, Group];
  const sides = { these: crete.photoIds.slice(0, 4), those: wedding.photoIds.slice(0, 4) };
  return {
    library,
    questions: [
      { key: 'part:1', kind: 'part', numSettled: 12, ...sides, theseGroupId: crete.id, thoseGroupId: crete.id },
      { key: 'merge:2', kind: 'merge', numSettled: 30, ...sides, theseGroupId: crete.id, thoseGroupId: wedding.id },
    ],
    followers: {
      numPhotos: 43,
      groups: [
        { groupId: wedding.id, name: wedding.name, photoIds: crete.photoIds.slice(5, 47) },
        { groupId: garden.id, name: garden.name, photoIds: crete.photoIds.slice(50, 51) },
      ],
    },
    conflicts: [
      {
        kind: 'together',
        photoIds: crete.photoIds.slice(0, 2),
        path: [],
        groupName: null,
        saidAt: new Date(Date.now() - 7_200_000).toISOString(),
      },
    ],
    diff: diffOf(crete, wedding),
    detail: { detail: 1, stopIndex: 1, stops: [4, 7, 12].map((numGroups, at) => ({ numGroups, detail: at + 1 })) },
    numNewCorrections: 14,
  };
}

type Group = FakeLibrary['groups'][number];

function diffOf(from: Group, to: Group): RunDiff {
  const [before, after] = [from, to].map(({ id, name }) => ({ id, name })) as [Pick<Group, 'id' | 'name'>, typeof to];
  const flow = { numPhotos: 6, photoIds: from.photoIds.slice(0, 6) };
  const none = { numNew: 0, arrived: [], left: [], splitFrom: null, mergedInto: null };
  return {
    ...{ runId: 2 as RunId, baseRunId: 1 as RunId, decision: 'open', numSame: 1190, numMoved: 6, numNew: 1 },
    groups: [
      { ...none, group: before, kind: 'changed', numBefore: 220, numAfter: 214, left: [{ group: after, ...flow }] },
      { ...none, group: after, kind: 'changed', numBefore: 162, numAfter: 168, arrived: [{ group: before, ...flow }] },
    ],
  };
}

/** What the harness can show; each is made afresh for a page load. */
export const scenes: Record<string, () => FakeHostOptions> = {
  full: () => ({ library: new FakeLibrary([...named, ...unnamed, ...small], 37), numProblems: 4 }),
  few: () => ({
    library: new FakeLibrary(
      [
        { name: null, numPhotos: 24 },
        { name: 'Garden', numPhotos: 12 },
      ],
      3,
    ),
  }),
  welcome: () => ({ status: 'closed' }),
  learning: () => ({ library: new FakeLibrary(), report: null, progress: runProgress() }),
  draft: () => {
    const library = new FakeLibrary([...named.slice(0, 1), ...unnamed], 80);
    library.isDraft = true;
    return {
      library,
      report: null,
      progress: runProgress({ stage: 'cluster', activity: 'Forming groups', hasDraft: true, fraction: 0.71 }),
    };
  },
  offline: () => ({ library: new FakeLibrary([...named, ...unnamed], 37), isOffline: true, numProblems: 4 }),
  'nothing-yet': () => ({ library: new FakeLibrary(), report: null }),
  nothing: () => ({ library: new FakeLibrary([], 40), report: null, numProblems: 0 }),
  taught,
  'no-groups': () => ({
    library: new FakeLibrary([], 400),
    report: runReport({ verdict: 'no-clear-groups', curve: [] }),
  }),
  'too-few': () => ({ library: new FakeLibrary([], 1), report: runReport({ verdict: 'too-few-photos', curve: [] }) }),
  'taken-names': () => ({ library: new FakeLibrary([...named, ...unnamed], 37), numConflicts: 3 }),
  failed: () => ({
    library: new FakeLibrary([...named, ...unnamed], 37),
    progress: runProgress({ state: 'failed', message: 'The disk is full.' }),
  }),
  large: () => ({ library: new FakeLibrary([{ name: 'Everything', numPhotos: 100_000 }], 0) }),
};
