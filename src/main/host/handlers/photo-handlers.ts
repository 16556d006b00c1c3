import { AppError } from '@shared/ipc/errors';

import type { HandlersOf } from './handlers-of';

/** What another program does with a photo's file. The page names the photo; only the host knows where it lies. */
export const photoHandlers: HandlersOf<'photo'> = (services) => {
  const pathOf = (photoId: number): string => {
    const [path] = services.pathsOf([photoId]);
    if (path !== undefined) return path;
    throw new AppError(
      'not-found',
      'The file of this photo is not there now. It was moved or deleted, or its drive is not connected.',
    );
  };
  return {
    'photo.showInFolder': async ({ photoId }) => {
      if (!services.door.showInFolder) throw noFileManager();
      await services.door.showInFolder(pathOf(photoId));
      return {};
    },
    'photo.openOutside': async ({ photoId }) => {
      if (!services.door.openPath) throw noFileManager();
      await services.door.openPath(pathOf(photoId));
      return {};
    },
  };
};

function noFileManager(): AppError {
  return new AppError('failed-precondition', 'Only the window can do this. Open Kindred there.');
}
