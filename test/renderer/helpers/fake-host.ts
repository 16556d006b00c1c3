import { contract, type AppContract } from '@shared/ipc/contract';
import type { Emit, Handlers } from '@shared/ipc/define';
import { AppError } from '@shared/ipc/errors';
import type { ExportReport } from '@shared/model/export';
import type { DetailView } from '@shared/model/group';
import type { ExportId, FolderId, GroupId, LibraryId, RunId } from '@shared/model/ids';
import type { LibraryStatus } from '@shared/model/library';
import type { PairConflict } from '@shared/model/pair';
import type { RunDiff } from '@shared/model/run-diff';
import { DEFAULT_TRUNK, type RunProgress, type RunReport } from '@shared/model/run';
import type { ReviewQuestion, TeachPreview } from '@shared/model/teach';

import type { Connection } from '@renderer/lib/transport/connection';
import { memoryTransport } from '@renderer/lib/transport/memory';
import { t } from '@renderer/messages';

import { FakeLibrary, groupId, nameOf } from './fake-library';

export interface FakeHostOptions {
  library?: FakeLibrary;
  /** Null shows the welcome screen. */
  status?: 'open' | 'closed';
  progress?: RunProgress | null;
  report?: RunReport | null;
  isOffline?: boolean;
  /** Its database was found damaged. */
  isDamaged?: boolean;
  numProblems?: number;
  questions?: ReviewQuestion[];
  /** What the newest run changed. */
  diff?: RunDiff;
  followers?: TeachPreview;
  conflicts?: PairConflict[];
  detail?: DetailView;
  numNewCorrections?: number;
  /** Names that are taken at every destination. */
  numConflicts?: number;
}

export interface Call {
  procedure: string;
  input: unknown;
}

/** A whole host in memory: answers the contract from a {@link FakeLibrary} and keeps every call that was made. */
export class FakeHost {
  readonly calls: Call[] = [];
  readonly library: FakeLibrary;
  readonly connection: Connection;
  readonly emit: Emit<AppContract>;
  progress: RunProgress | null;
  report: RunReport | null;
  /** What the slider shows; null: no slider. */
  detail: DetailView | null = null;
  /** What was said before and contradicts whatever is said of pairs. */
  conflicts: PairConflict[] = [];
  /** What the newest run changed. */
  diff: RunDiff | null = null;
  /** Why entries of the history cannot be taken back by themselves. */
  readonly irrevertible = new Map<number, string>();
  /** Photos that would follow a correction. */
  followers: TeachPreview = { numPhotos: 0, groups: [] };
  /** Open questions of the review queue. */
  questions: ReviewQuestion[];
  /** Names that are taken at every destination. */
  numConflicts = 0;
  /** Photos in no group, which an export leaves behind. */
  numUngrouped = 0;
  /** Whether an earlier export wrote everything that is planned. */
  isAllThere = false;
  isGentle = false;
  trunk = DEFAULT_TRUNK;
  numNewCorrections = 0;
  isWatching = true;
  #isOpen: boolean;
  #exports: ExportReport[] = [];
  #planned: ExportReport | null = null;

  constructor(readonly options: FakeHostOptions = {}) {
    this.library = options.library ?? new FakeLibrary();
    this.#isOpen = options.status !== 'closed';
    this.progress = options.progress ?? null;
    this.questions = options.questions ?? [];
    this.diff = options.diff ?? null;
    this.followers = options.followers ?? this.followers;
    this.conflicts = options.conflicts ?? [];
    this.detail = options.detail ?? null;
    this.numNewCorrections = options.numNewCorrections ?? 0;
    this.numConflicts = options.numConflicts ?? 0;
    this.report = options.report === undefined ? runReport() : options.report;
    const handlers = this.#record(this.#handlers());
    const { transport, emit } = memoryTransport(contract, handlers, (error) => {
      throw error;
    });
    this.connection = { ...transport, onState: (listener) => (listener('open'), () => undefined) };
    this.emit = emit;
  }

  /** The inputs of the calls of one procedure. */
  inputs(procedure: keyof AppContract['procedures']): unknown[] {
    return this.calls.filter((call) => call.procedure === procedure).map((call) => call.input);
  }

  /** Tells the page that something changed, as the host does after an edit. */
  changed(): void {
    this.emit('library.changed', { revision: this.library.revision });
  }

  #record(handlers: Handlers<AppContract>): Handlers<AppContract> {
    return new Proxy(handlers, {
      get: (target, procedure: string) => {
        const handler = target[procedure as keyof typeof target] as unknown as (...args: unknown[]) => unknown;
        return (input: unknown, context: unknown) => {
          this.calls.push({ procedure, input });
          if (!handler) throw new AppError('unimplemented', `The fake host has no ${procedure}: add a handler.`);
          return handler(input, context);
        };
      },
    });
  }

  #status(): LibraryStatus {
    return {
      id: 'holiday-photos' as LibraryId,
      name: 'Holiday photos',
      folders: [{ id: 1 as FolderId, path: '/home/ada/Holiday photos', isOffline: this.options.isOffline ?? false }],
      photos: {
        total: this.library.numPhotos,
        indexed: this.library.numPhotos,
        failed: this.options.numProblems ?? 0,
        leftOut: 4,
      },
      run: this.progress,
      isWatching: this.isWatching,
      isGentle: this.isGentle,
      isDamaged: this.options.isDamaged ?? false,
      trunk: this.trunk,
      numNewCorrections: this.numNewCorrections,
    };
  }

  #edit(label: string, change: () => void): ReturnType<FakeLibrary['edit']> {
    const edited = this.library.edit(label, change);
    this.changed();
    return edited;
  }

  #handlers(): Handlers<AppContract> {
    const { library } = this;
    const open = (): LibraryStatus => {
      this.#isOpen = true;
      return this.#status();
    };
    const known: Partial<Handlers<AppContract>> = {
      'app.capabilities': () => ({
        ...{ version: '0.1.0', door: 'memory' },
        ...{ canPickFolder: false, canReveal: true, canShowInFolder: false },
      }),
      'app.reportError': () => ({}),
      'folder.browse': ({ path }) => browse(path),
      'library.recent': () => recentLibraries(),
      'library.open': open,
      'library.reopen': open,
      'library.openWanted': () => null,
      'library.status': () => (this.#isOpen ? this.#status() : null),
      'library.close': () => {
        this.#isOpen = false;
        return {};
      },
      'pipeline.start': ({ options }) => {
        this.trunk = options.trunk ?? this.trunk;
        this.progress = runProgress({ state: 'running' });
        return { runId: 1 as RunId };
      },
      'pipeline.status': () => this.progress,
      'pipeline.pause': () => {
        this.progress = this.progress && { ...this.progress, state: 'paused' };
        return {};
      },
      'pipeline.cancel': () => {
        this.progress = this.progress && { ...this.progress, state: 'cancelled' };
        return {};
      },
      'run.report': () => this.report,
      'run.list': () => [],
      'run.diff': () => this.diff,
      'run.accept': () =>
        this.#edit('Kept what the newest run changed', () => (this.diff = { ...this.diff!, decision: 'accepted' })),
      'run.restore': () =>
        this.#edit('Went back to the groups of before', () => (this.diff = { ...this.diff!, decision: 'rejected' })),
      'run.putBack': () => this.#edit('Put photos back', () => undefined),
      'history.revertible': ({ entryIds }) => entryIds.map((id) => ({ id, reason: this.irrevertible.get(id) ?? null })),
      'history.revert': ({ entryId }) => this.#edit(`Took back ${entryId}`, () => undefined),
      'group.list': () => library.list(),
      'group.photos': ({ place, offset, limit }) => {
        const ids = library.ids(place);
        const photos = ids.slice(offset, offset + limit).map((id) => library.cell(id));
        return { total: ids.length, photos, revision: library.revision };
      },
      'photo.find': ({ place, search, sort, offset, limit }) => {
        const ids = library.ids(place).filter((id) => nameOf(id).toLowerCase().includes(search.toLowerCase()));
        if (sort === 'added') ids.sort((a, b) => b - a);
        const photos = ids.slice(offset, offset + limit).map((id) => library.cell(id));
        return { total: ids.length, photos, revision: library.revision };
      },
      'group.detail': () => this.detail,
      'group.setDetail': ({ detail }) => {
        const stopIndex = this.detail?.stops.findIndex((stop) => stop.detail === detail) ?? 0;
        const before = this.detail;
        return this.#edit('Changed the detail', () => {
          if (before) this.detail = { ...before, detail, stopIndex };
        });
      },
      'group.rename': ({ groupId: id, name }) => this.#edit(`Named “${name}”`, () => (library.find(id).name = name)),
      'group.setCover': ({ groupId: id, photoId }) =>
        this.#edit('Changed a cover', () => (library.find(id).coverId = photoId)),
      'group.create': ({ name, photoIds }) => {
        const id = groupId(900 + library.revision);
        const edited = this.#edit(`Made “${name}”`, () => {
          library.take(photoIds);
          library.groups.push({ id, name, photoIds, coverId: null, isHidden: false, isPinned: false });
        });
        return { ...edited, groupId: id };
      },
      'group.merge': ({ sourceId, targetId }) =>
        this.#edit('Merged two groups', () => {
          const { photoIds, name } = library.find(sourceId);
          const target = library.find(targetId);
          library.find(sourceId).photoIds = [];
          target.photoIds.push(...photoIds);
          target.name ??= name;
        }),
      'group.splitPreview': ({ groupId: id, numParts, seedPhotoIds }) => {
        const { photoIds } = library.find(id);
        const count = seedPhotoIds?.length ?? numParts ?? 3;
        const parts = Array.from({ length: count }, (_, part) => ({
          photoIds: photoIds.filter((photoId, at) => {
            const seed = seedPhotoIds?.indexOf(photoId) ?? -1;
            return seed >= 0 ? seed === part : at % count === part;
          }),
        }));
        return { groupId: id, suggestedParts: 3, maxParts: 8, parts };
      },
      'group.split': ({ groupId: id, parts }) => {
        const ids = parts.map((_, part) => (part === 0 ? id : groupId(800 + library.revision * 10 + part)));
        const edited = this.#edit(`Split into ${parts.length}`, () =>
          parts.forEach(({ name, photoIds }, part) => {
            if (part === 0) return;
            library.take(photoIds);
            library.groups.push({ id: ids[part]!, name, photoIds, coverId: null, isHidden: false, isPinned: false });
          }),
        );
        return { ...edited, groupIds: ids };
      },
      'group.setHidden': ({ groupId: id, isHidden }) =>
        this.#edit('Hid a group', () => (library.find(id).isHidden = isHidden)),
      'group.setPinned': ({ groupId: id, isPinned }) =>
        this.#edit('Pinned a group', () => (library.find(id).isPinned = isPinned)),
      'photo.get': ({ photoId }) => {
        const cell = library.cell(photoId);
        const group = library.groupOf(photoId);
        return {
          ...cell,
          path: `2021/Crete/${nameOf(photoId)}`,
          folder: '/home/ada/Holiday photos',
          sizeBytes: 4_211_034,
          width: 4032,
          height: 3024,
          format: 'jpeg',
          takenAt: '2021-08-14T18:21:07+03:00',
          camera: 'Fujifilm X-T30',
          latitude: 35.5138,
          longitude: 24.018,
          group: group ? { id: group.id, name: group.name } : null,
          isOffline: this.options.isOffline ?? false,
          stack:
            cell.stackSize > 1 ? library.ids({ kind: 'all' }).filter((id) => Math.abs(id - photoId) < 2) : [photoId],
        };
      },
      'photo.move': ({ photoIds, groupId: id }) =>
        this.#edit(`Moved ${t.photos(photoIds.length)}`, () => {
          library.take(photoIds);
          library.find(id).photoIds.push(...photoIds);
          for (const photoId of photoIds) library.placed.add(photoId);
        }),
      'photo.remove': ({ photoIds }) =>
        this.#edit(`Removed ${t.photos(photoIds.length)}`, () => {
          library.take(photoIds);
          library.unsorted.push(...photoIds);
        }),
      'photo.confirm': ({ photoIds }) =>
        this.#edit(`Confirmed ${t.photos(photoIds.length)}`, () => {
          for (const photoId of photoIds) library.placed.add(photoId);
        }),
      'photo.together': ({ photoIds, isForced }) => {
        if (this.conflicts.length > 0 && !isForced) {
          return { entry: null, conflicts: this.conflicts, groupId: null, numMoved: 0 };
        }
        const group = library.groupOf(photoIds[0]!)!;
        const edited = this.#edit(`Said that ${photoIds.length} photos belong together`, () => {
          library.take(photoIds);
          group.photoIds.push(...photoIds);
        });
        return { ...edited, conflicts: [], groupId: group.id, numMoved: 0 };
      },
      'photo.apart': ({ photoIds, leavingIds = [] }) => {
        if (this.conflicts.length > 0 && leavingIds.length === 0) {
          return { entry: null, conflicts: this.conflicts, numLeft: 0 };
        }
        const edited = this.#edit(`Said that ${photoIds.length} photos are different`, () => {
          library.take(photoIds.slice(1));
          library.unsorted.push(...photoIds.slice(1));
        });
        return { ...edited, conflicts: [], numLeft: photoIds.length - 1 };
      },
      'photo.neighbors': ({ photoId }) => {
        const group = library.groupOf(photoId);
        const near = library.ids({ kind: 'all' }).filter((id) => id !== photoId && Math.abs(id - photoId) < 7);
        return near.map((id, index) => ({
          id,
          similarity: 0.95 - index * 0.03,
          groupName: library.groupOf(id)?.name ?? null,
          isSameGroup: library.groupOf(id) === group,
        }));
      },
      'photo.problems': () =>
        problemFiles.slice(0, this.options.numProblems ?? 0).map(([path, reason], index) => ({
          id: (9000 + index) as never,
          path,
          reason,
        })),
      'photo.retry': ({ photoIds }) => ({ numRetried: photoIds.length || (this.options.numProblems ?? 0) }),
      'teach.preview': () => this.followers,
      'teach.accept': ({ moves }) => ({
        ...this.#edit('Let photos follow', () => {
          for (const { groupId: id, photoIds } of moves) {
            library.take(photoIds);
            library.find(id).photoIds.push(...photoIds);
          }
          this.followers = { numPhotos: 0, groups: [] };
        }),
        numMoved: moves.reduce((sum, { photoIds }) => sum + photoIds.length, 0),
      }),
      'question.list': ({ limit }) => ({
        questions: this.questions.slice(0, limit),
        numOpen: this.questions.length,
      }),
      'question.answer': ({ key, answer }) => {
        const { numSettled } = this.questions.find((question) => question.key === key)!;
        const edited = this.#edit(`Answered ${answer}`, () => {
          this.questions = this.questions.filter((question) => question.key !== key);
        });
        return { ...edited, numSettled };
      },
      'history.list': () => library.history(),
      'history.undo': () => {
        const entry = library.undo();
        this.changed();
        return { entry };
      },
      'history.redo': () => {
        const entry = library.redo();
        this.changed();
        return { entry };
      },
      'photo.leftOut': () => [
        { path: 'Rome/clip.mp4', kind: 'video' },
        { path: 'notes.txt', kind: 'other' },
      ],
      'library.setWatching': ({ isWatching }) => {
        this.isWatching = isWatching;
        return {};
      },
      'pipeline.setGentle': ({ isGentle }) => {
        this.isGentle = isGentle;
        return {};
      },
      'library.proveOriginals': () => {
        this.emit('library.proofProgress', { numChecked: 3, numTotal: library.numPhotos });
        return {
          numChecked: library.numPhotos,
          numUnchanged: library.numPhotos - 1,
          changed: [{ path: 'Rome/IMG_2.jpg', reason: 'Its content is another one.' }],
        };
      },
      'group.importNames': () => ({ entry: null, numNamed: 0, numMade: 0, numPlaced: 0, numKept: 1, numUnknown: 2 }),
      'export.plan': ({ destination, mode, conflicts }) => {
        const id = (this.#exports.length + 1) as ExportId;
        const numFiles = library.groups.reduce((sum, group) => sum + group.photoIds.length, 0);
        this.#planned = exportReport({ id, destination, mode: mode ?? 'copy', numPlanned: numFiles, state: 'planned' });
        return {
          id,
          destination,
          mode: mode ?? 'copy',
          numFiles,
          sizeBytes: numFiles * 4_200_000,
          numUnchanged: this.isAllThere ? numFiles : 0,
          numUngrouped: this.numUngrouped,
          folders: library.groups.map((group, index) => ({
            name: group.name ?? `Group ${index + 1}`,
            numFiles: group.photoIds.length,
            sizeBytes: group.photoIds.length * 4_200_000,
          })),
          freeBytes: 1_240_000_000_000,
          numConflicts: this.numConflicts,
          conflicts: [{ path: 'a/IMG_1.jpg', target: 'Beach/IMG_1.jpg' }].slice(0, this.numConflicts),
          numSkipped: conflicts === 'rename' ? 0 : this.numConflicts,
          problems: destination.includes('Holiday photos') ? ['That folder is inside your photo folder.'] : [],
        };
      },
      'export.start': () => {
        const planned = this.#planned!;
        const numWritten = planned.numPlanned;
        const done = {
          ...planned,
          state: 'done' as const,
          numWritten,
          numVerified: numWritten,
          bytesWritten: numWritten * 4_200_000,
        };
        this.#exports.unshift(done);
        const { id } = planned;
        setTimeout(() => {
          this.emit('export.progress', {
            id,
            state: 'done',
            done: numWritten,
            total: numWritten,
            bytesWritten: done.bytesWritten,
          });
        });
        return {};
      },
      'export.report': ({ exportId }) => this.#exports.find(({ id }) => id === exportId)!,
      'export.list': () => this.#exports,
      'export.undo': ({ exportId }) => {
        this.#exports = this.#exports.map((one) => (one.id === exportId ? { ...one, state: 'undone' } : one));
        return this.#exports.find(({ id }) => id === exportId)!;
      },
      'export.reveal': () => ({}),
      'export.cancel': () => ({}),
    };
    return known as Handlers<AppContract>;
  }
}

export function runProgress(over: Partial<RunProgress> = {}): RunProgress {
  return {
    runId: 1 as RunId,
    state: 'running',
    stage: 'embed',
    activity: 'Looking at photos',
    done: 412,
    total: 1204,
    rate: 38.4,
    secondsLeft: 95,
    fraction: 0.34,
    numFailed: 2,
    hasDraft: false,
    message: null,
    ...over,
  };
}

export function runReport(over: Partial<RunReport> = {}): RunReport {
  const curve = [2, 4, 6, 8, 11, 14, 20, 31, 48].map((numGroups, index) => ({
    name: `${numGroups} groups`,
    numGroups,
    score: [0.31, 0.48, 0.59, 0.66, 0.71, 0.7, 0.64, 0.55, 0.44][index]!,
    agreement: 0.9,
    isChosen: numGroups === 11,
  }));
  return {
    id: 1 as RunId,
    seed: 1,
    engine: 'tensorflow (cpu)',
    trunk: DEFAULT_TRUNK,
    numViews: 5,
    state: 'done',
    startedAt: '2026-03-01T10:00:00Z',
    finishedAt: '2026-03-01T10:03:10Z',
    verdict: 'groups',
    findings: [
      '11 groups hold together clearly; 37 photos fit none of them well.',
      'The same groups came out of nine of ten repeats.',
      'Learning from these photos alone made neighbours agree more often, so it was kept.',
    ],
    curve,
    stages: [
      { name: 'index-photos', seconds: 6.2, items: 1204, note: '2 files could not be read' },
      { name: 'embed', seconds: 88, items: 6020, note: '68 photos a second' },
      { name: 'learn-features', seconds: 21, items: 1204, note: null },
      { name: 'mine-neighbors', seconds: 1.4, items: 1204, note: 'Every neighbour compared exactly' },
      { name: 'cluster', seconds: 42, items: 300, note: 'Head 3 of 10 chosen' },
      { name: 'self-label', seconds: 17, items: 60, note: null },
      { name: 'assign', seconds: 0.8, items: 1204, note: null },
    ],
    ...over,
  };
}

function exportReport(over: Partial<ExportReport>): ExportReport {
  return {
    id: 1 as ExportId,
    state: 'done',
    destination: '/media/backup/Groups',
    mode: 'copy',
    startedAt: '2026-03-01T10:05:00Z',
    numPlanned: 0,
    numWritten: 0,
    numSkipped: 0,
    numVerified: 0,
    bytesWritten: 0,
    failed: [],
    ...over,
  };
}

const problemFiles: [string, string][] = [
  ['2018/phone/IMG_0231.jpg', 'The file ends in the middle of the picture.'],
  ['scans/old/Großmutter.tif', 'This kind of TIFF cannot be read.'],
  ['2020/video frames/frame-0007.heic', 'HEIC pictures cannot be read on this computer yet.'],
  ['2022/IMG_9912.png', 'The file is empty.'],
];

function browse(path: string | null): ReturnType<typeof listing> {
  return listing(path ?? '/home/ada');
}

function listing(path: string): {
  path: string;
  parent: string | null;
  folders: { name: string; path: string }[];
  numPictures: number;
  places: { name: string; path: string }[];
} {
  const parent = path === '/' ? null : path.replace(/\/[^/]+$/, '') || '/';
  const names =
    path === '/home/ada' ? ['Documents', 'Downloads', 'Holiday photos', 'Music', 'Pictures'] : ['2019', '2020', '2021'];
  return {
    path,
    parent,
    folders: names.map((name) => ({ name, path: `${path === '/' ? '' : path}/${name}` })),
    numPictures: path.includes('photos') ? 214 : 0,
    places: [
      { name: 'Home', path: '/home/ada' },
      { name: 'Pictures', path: '/home/ada/Pictures' },
      { name: 'Backup drive', path: '/media/backup' },
    ],
  };
}

function recentLibraries(): {
  id: LibraryId;
  name: string;
  folder: string;
  numPhotos: number;
  openedAt: string;
  isOffline: boolean;
}[] {
  const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  return [
    {
      id: 'a' as LibraryId,
      name: 'Holiday photos',
      folder: '/home/ada/Holiday photos',
      numPhotos: 1204,
      openedAt: daysAgo(1),
      isOffline: false,
    },
    {
      id: 'b' as LibraryId,
      name: 'Family archive',
      folder: '/media/backup/Family archive',
      numPhotos: 28_410,
      openedAt: daysAgo(12),
      isOffline: true,
    },
  ];
}

export type { GroupId };
