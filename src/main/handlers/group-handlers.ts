import type { GroupId } from '@shared/model/ids';
import type { HistoryEntry } from '@shared/model/history';

import { readDetail, setDetail } from '../groups/set-detail';
import type { HandlersOf } from './handlers-of';

/** Groups as the person sees and shapes them, and taking it back. */
export const groupHandlers: HandlersOf<'group' | 'history'> = (services) => {
  const edited = <T extends object>(answer: T): T => {
    services.library.changed();
    return answer;
  };
  const entryOf = (entry: HistoryEntry): { entry: HistoryEntry } => edited({ entry });
  const edits = (): typeof services.library.edits => services.library.edits;
  return {
    'group.list': () => {
      const { store } = services.library;
      return store.memberships.list(store.library.revision);
    },
    'group.photos': ({ place, offset, limit }) => {
      const { store } = services.library;
      return { ...store.memberships.photos(place, offset, limit), revision: store.library.revision };
    },
    'group.detail': () => readDetail(services.library.store),
    'group.setDetail': ({ detail }) => entryOf(setDetail(services.library.store, detail)),
    'group.rename': ({ groupId, name }) => entryOf(edits().rename(groupId, name)),
    'group.setCover': ({ groupId, photoId }) => entryOf(edits().setCover(groupId, photoId)),
    'group.create': ({ name, photoIds }) => {
      const { entry, groupId } = edits().create(name, photoIds);
      return edited({ entry, groupId: groupId as GroupId });
    },
    'group.merge': ({ sourceId, targetId }) => entryOf(edits().merge(sourceId, targetId)),
    'group.splitPreview': async (request, { signal }) => ({
      groupId: request.groupId,
      ...(await services.library.planSplit(request, signal)),
    }),
    'group.split': ({ groupId, parts }) => {
      const { entry, groupIds } = edits().split(groupId, parts);
      return edited({ entry, groupIds: groupIds as GroupId[] });
    },
    'group.setHidden': ({ groupId, isHidden }) => entryOf(edits().setHidden(groupId, isHidden)),
    'group.setPinned': ({ groupId, isPinned }) => entryOf(edits().setPinned(groupId, isPinned)),
    'group.importNames': async ({ path, from }, { signal }) =>
      edited(await services.library.importNames(path, { from, signal })),

    'history.list': () => services.library.store.journal.list(),
    'history.revertible': ({ entryIds }) =>
      entryIds.map((id) => ({ id, reason: services.library.store.journal.whyNotRevertible(id) })),
    'history.revert': ({ entryId }) => entryOf(edits().revert(entryId)),
    'history.undo': () => edited({ entry: edits().undo() }),
    'history.redo': () => edited({ entry: edits().redo() }),
  };
};
