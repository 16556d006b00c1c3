import type { GroupId, PhotoId } from '@shared/model/ids';
import { AppError } from '@shared/ipc/errors';

import type { Move } from '../../teach/teach';
import type { HandlersOf } from './handlers-of';

/** What follows from corrections, and what is worth asking. */
export const teachHandlers: HandlersOf<'teach' | 'question'> = (services) => ({
  'teach.preview': async (_, { signal }) => {
    const { library } = services;
    const moves = await library.teacher().moves(signal);
    const byGroup = Map.groupBy(moves, ({ groupId }) => groupId);
    return {
      numPhotos: moves.length,
      groups: [...byGroup].map(([groupId, own]) => ({
        groupId: groupId as GroupId,
        name: library.store.memberships.nameOf(groupId),
        photoIds: own.map(({ photoId }) => photoId as PhotoId),
      })),
    };
  },
  'teach.accept': async ({ moves }) => {
    const { library } = services;
    const wanted = new Set(moves.flatMap(({ groupId, photoIds }) => photoIds.map((id) => `${id} ${groupId}`)));
    const isWanted = ({ photoId, groupId }: Move): boolean => wanted.has(`${photoId} ${groupId}`);
    const valid = (await library.teacher().moves()).filter(isWanted);
    if (valid.length === 0) {
      throw new AppError('failed-precondition', 'These photos would not move any more: something changed since.');
    }
    const entry = await library.tasks.ask('teach.record', valid);
    library.changed();
    return { entry, numMoved: valid.length };
  },
  'question.list': ({ limit }, { signal }) => services.library.teacher().questions(limit, signal),
  'question.answer': async ({ key, answer }) => {
    const { library } = services;
    const plan = await library.teacher().plan(key, answer);
    const entry = await library.tasks.ask('question.record', plan);
    library.changed();
    return { entry, numSettled: answer === 'unsure' ? 0 : plan.numSettled };
  },
});
