import type { HistoryEntry } from '@shared/model/history';
import type { GroupId } from '@shared/model/ids';

import { GroupEdits } from '../../groups/edit-groups';
import { readDetail, setDetail } from '../../groups/set-detail';
import type { Store } from '../../store/store';
import type { TasksOf } from './tasks-of';

/** Groups as the person sees them, and what was done to them. */
export const groupReads = (
  store: Store,
): TasksOf<'group.list' | 'group.photos' | 'group.detail' | 'history.list' | 'history.revertible'> => ({
  'group.list': () => store.memberships.list(store.library.revision),
  'group.photos': ({ place, offset, limit }) => ({
    ...store.memberships.photos(place, offset, limit),
    revision: store.library.revision,
  }),
  'group.detail': () => readDetail(store),
  'history.list': () => store.journal.list(),
  'history.revertible': ({ entryIds }) => entryIds.map((id) => ({ id, reason: store.journal.whyNotRevertible(id) })),
});

/** Shaping groups, and taking it back. */
export function groupEdits(
  store: Store,
): TasksOf<
  | 'group.setDetail'
  | 'group.rename'
  | 'group.setCover'
  | 'group.create'
  | 'group.merge'
  | 'group.split'
  | 'group.setHidden'
  | 'group.setPinned'
  | 'history.revert'
  | 'history.undo'
  | 'history.redo'
> {
  const edits = new GroupEdits(store);
  const entryOf = (entry: HistoryEntry): { entry: HistoryEntry } => ({ entry });
  return {
    'group.setDetail': ({ detail, continues }) => entryOf(setDetail(store, detail, continues)),
    'group.rename': ({ groupId, name }) => entryOf(edits.rename(groupId, name)),
    'group.setCover': ({ groupId, photoId }) => entryOf(edits.setCover(groupId, photoId)),
    'group.create': ({ name, photoIds }) => {
      const { entry, groupId } = edits.create(name, photoIds);
      return { entry, groupId: groupId as GroupId };
    },
    'group.merge': ({ sourceId, targetId }) => entryOf(edits.merge(sourceId, targetId)),
    'group.split': ({ groupId, parts }) => {
      const { entry, groupIds } = edits.split(groupId, parts);
      return { entry, groupIds: groupIds as GroupId[] };
    },
    'group.setHidden': ({ groupId, isHidden }) => entryOf(edits.setHidden(groupId, isHidden)),
    'group.setPinned': ({ groupId, isPinned }) => entryOf(edits.setPinned(groupId, isPinned)),
    'history.revert': ({ entryId }) => entryOf(edits.revert(entryId)),
    'history.undo': () => ({ entry: edits.undo() }),
    'history.redo': () => ({ entry: edits.redo() }),
  };
}
