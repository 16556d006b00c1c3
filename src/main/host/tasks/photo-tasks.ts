import { basename } from 'node:path';

import { AppError } from '@shared/ipc/errors';
import type { GroupId, PhotoId } from '@shared/model/ids';
import { certaintyOf, type PhotoDetails } from '@shared/model/photo';

import { GroupEdits } from '../../groups/edit-groups';
import { PairEdits } from '../../groups/pair-edits';
import { shownPath } from '../../path-bytes';
import { notFound } from '../../store/journal';
import { PhotoFinder } from '../../store/photo-finder';
import type { Store } from '../../store/store';
import type { TasksOf } from './tasks-of';

/** How many of the neighbours that voted are shown. */
const NUM_SHOWN_NEIGHBORS = 12;

/** One photo: its details, its place, and why it is there. */
export function photoReads(
  store: Store,
): TasksOf<'photo.find' | 'photo.get' | 'photo.neighbors' | 'photo.problems' | 'photo.leftOut'> {
  const finder = new PhotoFinder(store.db);
  return {
    'photo.find': ({ offset, limit, ...wanted }) => {
      const { revision } = store.library;
      return { ...finder.page(wanted, offset, limit, revision), revision };
    },
    'photo.get': ({ photoId }) => detailsOf(store, photoId),
    'photo.neighbors': ({ photoId }) => neighborsOf(store, photoId),
    'photo.problems': () =>
      store.photos.problems().map((problem) => ({
        ...problem,
        id: problem.id as PhotoId,
        path: shownPath(problem.path),
      })),
    'photo.leftOut': () => store.library.leftOut().map((file) => ({ ...file, path: shownPath(file.path) })),
  };
}

/** What the person says of photos. */
export function photoEdits(
  store: Store,
): TasksOf<'photo.move' | 'photo.remove' | 'photo.confirm' | 'photo.together' | 'photo.apart' | 'photo.retry'> {
  const edits = new GroupEdits(store);
  const pairEdits = new PairEdits(store);
  return {
    'photo.move': ({ photoIds, groupId }) => ({ entry: edits.move(photoIds, groupId) }),
    'photo.remove': ({ photoIds }) => ({ entry: edits.remove(photoIds) }),
    'photo.confirm': ({ photoIds }) => ({ entry: edits.confirm(photoIds) }),
    'photo.together': ({ photoIds, isForced }) => {
      const said = pairEdits.together(photoIds, isForced);
      return { ...said, groupId: said.groupId as GroupId | null };
    },
    'photo.apart': ({ photoIds, leavingIds }) => pairEdits.apart(photoIds, leavingIds),
    'photo.retry': ({ photoIds }) => {
      const numRetried = store.photos.retry(photoIds);
      if (photoIds.length > 0 && numRetried === 0) {
        throw new AppError('not-found', 'None of these files is waiting to be retried.');
      }
      return { numRetried };
    },
  };
}

function detailsOf(store: Store, photoId: number): PhotoDetails {
  const photo = store.photos.get(photoId);
  const membership = store.memberships.of(photoId);
  if (!photo || !membership) throw notFound('photo');
  const folder = store.library.folders().find((candidate) => candidate.id === photo.folder_id)!;
  return {
    id: photo.id as PhotoId,
    name: basename(shownPath(photo.path)),
    path: shownPath(photo.path),
    folder: folder.path,
    sizeBytes: photo.size_bytes,
    width: photo.width,
    height: photo.height,
    format: photo.format,
    takenAt: photo.taken_at,
    camera: photo.camera,
    latitude: photo.latitude,
    longitude: photo.longitude,
    group: groupOf(store, membership.group_id),
    confidence: membership.confidence,
    certainty: certaintyOf(membership.confidence),
    isPlaced: membership.is_placed === 1,
    isOffline: folder.is_offline === 1,
    note: noteOf(store, photo),
    stack: stackOf(store, photo.id),
  };
}

/** What is worth knowing of a photo that is shown all the same. */
function noteOf(store: Store, photo: { id: number; note: string | null }): string | null {
  if (!store.identity.isDoubtful(photo.id)) return photo.note;
  return 'Another picture has the name of one that you put here. Confirm it if it belongs here too.';
}

function stackOf(store: Store, photoId: number): PhotoId[] {
  const stack = store.photos.stack(photoId);
  return (stack.length > 0 ? stack : [photoId]) as PhotoId[];
}

function neighborsOf(
  store: Store,
  photoId: number,
): { id: PhotoId; similarity: number; groupName: string | null; isSameGroup: boolean }[] {
  const own = store.memberships.of(photoId);
  if (!own) throw notFound('photo');
  // Of the run that is shown: an earlier one may have been chosen.
  const shown = store.placements.shownRun();
  const modelId =
    (shown === null ? undefined : store.heads.get(shown)?.featureModelId) ?? store.learned.latestFeatureModelId();
  // A burst or set of copies is compared as one photo.
  const comparedId = store.photos.get(photoId)?.unit_photo_id ?? photoId;
  const row = modelId === null ? undefined : store.learned.neighbors(modelId, comparedId);
  if (!row) return [];
  return [...row.neighborIds].slice(0, NUM_SHOWN_NEIGHBORS).flatMap((id, rank) => {
    const membership = store.memberships.of(id);
    if (!membership) return [];
    return {
      id: id as PhotoId,
      similarity: row.similarities[rank]!,
      groupName: groupOf(store, membership.group_id)?.name ?? null,
      isSameGroup: membership.group_id !== null && membership.group_id === own.group_id,
    };
  });
}

function groupOf(store: Store, groupId: string | null): { id: GroupId; name: string | null } | null {
  if (groupId === null) return null;
  return (
    store.db
      .prepare<[string], { id: GroupId; name: string | null }>('SELECT id, name FROM groups WHERE id = ?')
      .get(groupId) ?? null
  );
}
