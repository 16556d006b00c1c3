import { type FakeHostOptions, runProgress } from '../helpers/fake-host';
import { FakeLibrary, type GroupSeed } from '../helpers/fake-library';

const named: GroupSeed[] = [
  { name: 'Crete, summer 2021', numPhotos: 214 },
  { name: 'Noor and Ada’s wedding', numPhotos: 168 },
  { name: 'Garden', numPhotos: 96 },
  { name: 'Cats', numPhotos: 131 },
];
const unnamed: GroupSeed[] = [120, 118, 111, 92, 60, 44, 31].map((numPhotos) => ({ name: null, numPhotos }));
const small: GroupSeed[] = [6, 5, 4, 4].map((numPhotos) => ({ name: null, numPhotos }));

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
  nothing: () => ({ library: new FakeLibrary([], 40), report: null, numProblems: 0 }),
  large: () => ({ library: new FakeLibrary([{ name: 'Everything', numPhotos: 100_000 }], 0) }),
};
