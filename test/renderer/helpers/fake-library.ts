import type { GroupList, GroupSummary, Place } from '@shared/model/group';
import type { HistoryEntry } from '@shared/model/history';
import type { GroupId, JournalId, PhotoId } from '@shared/model/ids';
import { certaintyOf, type PhotoCell } from '@shared/model/photo';

/** A group's rows: what the fake host would have in its tables. */
interface FakeGroup {
  id: GroupId;
  name: string | null;
  photoIds: PhotoId[];
  coverId: PhotoId | null;
  isHidden: boolean;
  isPinned: boolean;
}

interface Snapshot {
  groups: FakeGroup[];
  unsorted: PhotoId[];
  placed: PhotoId[];
}

/** How many photos a group starts with, and its name. */
export interface GroupSeed {
  name: string | null;
  numPhotos: number;
}

/** The tables of a library in memory, with undo by snapshot: enough to drive every screen, no more. */
export class FakeLibrary {
  revision = 1;
  isDraft = false;
  groups: FakeGroup[] = [];
  unsorted: PhotoId[] = [];
  placed = new Set<PhotoId>();
  #journal: { entry: HistoryEntry; before: Snapshot; after: Snapshot }[] = [];
  #undone: { entry: HistoryEntry; before: Snapshot; after: Snapshot }[] = [];
  #nextPhotoId = 1;
  #sortedByKey = new Map<string, PhotoId[]>();

  constructor(seeds: readonly GroupSeed[] = [], numUnsorted = 0) {
    this.fill(seeds, numUnsorted);
  }

  fill(seeds: readonly GroupSeed[], numUnsorted: number): void {
    this.groups = seeds.map(({ name, numPhotos }, index) => ({
      id: groupId(index + 1),
      name,
      photoIds: this.#take(numPhotos),
      coverId: null,
      isHidden: false,
      isPinned: false,
    }));
    this.unsorted = this.#take(numUnsorted);
  }

  get numPhotos(): number {
    return this.groups.reduce((sum, group) => sum + group.photoIds.length, this.unsorted.length);
  }

  find(id: GroupId): FakeGroup {
    const group = this.groups.find((one) => one.id === id);
    if (!group) throw new Error(`no group ${id}`);
    return group;
  }

  groupOf(photoId: PhotoId): FakeGroup | undefined {
    return this.groups.find((group) => group.photoIds.includes(photoId));
  }

  list(): GroupList {
    const groups = this.groups.map((group) => this.#summary(group));
    groups.sort((a, b) => Number(b.name !== null) - Number(a.name !== null) || b.numPhotos - a.numPhotos);
    const unsure = this.ids({ kind: 'unsure' });
    return {
      groups,
      unsure: { numPhotos: unsure.length, coverPhotoIds: unsure.slice(0, 4) },
      unsorted: { numPhotos: this.unsorted.length, coverPhotoIds: this.unsorted.slice(0, 4) },
      isDraft: this.isDraft,
      revision: this.revision,
    };
  }

  ids(place: Place): PhotoId[] {
    switch (place.kind) {
      case 'group':
        return this.#sorted(this.find(place.groupId));
      case 'unsorted':
        return this.unsorted;
      case 'unsure':
        return this.groups.flatMap((group) =>
          group.photoIds.filter((id) => certaintyOf(confidenceOf(id, this.placed)) === 'unsure'),
        );
      case 'all':
        return [...this.groups.flatMap((group) => group.photoIds), ...this.unsorted];
    }
  }

  cell(id: PhotoId): PhotoCell {
    const confidence = confidenceOf(id, this.placed);
    return {
      id,
      name: nameOf(id),
      aspect: 4 / 3,
      confidence,
      certainty: certaintyOf(confidence),
      isPlaced: this.placed.has(id),
      stackSize: id % 17 === 0 ? 3 : 1,
    };
  }

  /** Runs an edit and journals it. */
  edit(label: string, change: () => void): { entry: HistoryEntry } {
    const before = this.#snapshot();
    change();
    this.groups = this.groups.filter((group) => group.photoIds.length > 0);
    const id = (this.#journal.length + this.#undone.length + 1) as JournalId;
    const entry: HistoryEntry = { id, label, at: new Date().toISOString(), isUndone: false };
    this.#journal.push({ entry, before, after: this.#snapshot() });
    this.#undone = [];
    this.revision++;
    return { entry };
  }

  take(photoIds: readonly PhotoId[]): void {
    const gone = new Set(photoIds);
    for (const group of this.groups) group.photoIds = group.photoIds.filter((id) => !gone.has(id));
    this.unsorted = this.unsorted.filter((id) => !gone.has(id));
  }

  undo(): HistoryEntry | null {
    const last = this.#journal.pop();
    if (!last) return null;
    this.#undone.push(last);
    this.#restore(last.before);
    return last.entry;
  }

  redo(): HistoryEntry | null {
    const last = this.#undone.pop();
    if (!last) return null;
    this.#journal.push(last);
    this.#restore(last.after);
    return last.entry;
  }

  history(): { entries: HistoryEntry[]; canUndo: boolean; canRedo: boolean } {
    const done = this.#journal.map(({ entry }) => ({ ...entry, isUndone: false }));
    const undone = this.#undone.map(({ entry }) => ({ ...entry, isUndone: true }));
    const entries = [...done, ...undone].sort((a, b) => b.id - a.id);
    return { entries, canUndo: done.length > 0, canRedo: undone.length > 0 };
  }

  /** Sorting a hundred thousand for every page would be slower than the grid that is tested. */
  #sorted(group: FakeGroup): PhotoId[] {
    const key = `${group.id} ${this.revision} ${group.photoIds.length}`;
    const sorted = this.#sortedByKey.get(key) ?? sortByConfidence(group.photoIds, this.placed);
    this.#sortedByKey.set(key, sorted);
    return sorted;
  }

  #take(count: number): PhotoId[] {
    return Array.from({ length: count }, () => this.#nextPhotoId++ as PhotoId);
  }

  #summary(group: FakeGroup): GroupSummary {
    const ids = this.#sorted(group);
    const certainties = ids.map((id) => certaintyOf(confidenceOf(id, this.placed)));
    const count = (wanted: string): number => certainties.filter((certainty) => certainty === wanted).length;
    const rest = ids.filter((id) => id !== group.coverId);
    return {
      id: group.id,
      name: group.name,
      numPhotos: ids.length,
      confidence: ids.reduce((sum, id) => sum + confidenceOf(id, this.placed), 0) / Math.max(1, ids.length),
      numSure: count('sure'),
      numLikely: count('likely'),
      numUnsure: count('unsure'),
      coverPhotoIds: (group.coverId ? [group.coverId, ...rest] : rest).slice(0, 4),
      firstTakenAt: '2019-06-02',
      lastTakenAt: '2021-08-20',
      isHidden: group.isHidden,
      isPinned: group.isPinned,
    };
  }

  #snapshot(): Snapshot {
    return structuredClone({ groups: this.groups, unsorted: this.unsorted, placed: [...this.placed] });
  }

  #restore(snapshot: Snapshot): void {
    const copy = structuredClone(snapshot);
    this.groups = copy.groups;
    this.unsorted = copy.unsorted;
    this.placed = new Set(copy.placed);
    this.revision++;
  }
}

export function groupId(number: number): GroupId {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as GroupId;
}

export function nameOf(id: PhotoId): string {
  return `IMG_${String(id).padStart(4, '0')}.jpg`;
}

/** A fixed spread: three of four sure, the rest likely or unsure; a photo that the person placed is certain. */
function confidenceOf(id: PhotoId, placed: ReadonlySet<PhotoId>): number {
  if (placed.has(id)) return 1;
  const spread = ((id * 2654435761) % 1000) / 1000;
  return spread < 0.78 ? 0.82 + spread * 0.2 : spread < 0.92 ? 0.65 : 0.35;
}

function sortByConfidence(ids: readonly PhotoId[], placed: ReadonlySet<PhotoId>): PhotoId[] {
  return [...ids].sort((a, b) => confidenceOf(b, placed) - confidenceOf(a, placed) || a - b);
}
