import type { HandlersOf } from './handlers-of';

/** What is worked out before groups change: see ../tasks/group-tasks.ts for the rest. */
export const groupHandlers: HandlersOf<'group'> = (services) => ({
  'group.splitPreview': async (request, { signal }) => ({
    groupId: request.groupId,
    ...(await services.library.planSplit(request, signal)),
  }),
  'group.importNames': async ({ path, from }, { signal }) => {
    const { library } = services;
    const imported = await library.importNames(path, { from, signal });
    library.changed();
    return imported;
  },
});
