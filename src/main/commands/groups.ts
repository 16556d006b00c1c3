import type { Place } from '@shared/model/group';

import { openCommandLibrary, pathsById, print } from './command-context';

export interface GroupsOptions {
  library?: string;
  photos?: boolean;
  json?: boolean;
}

const ALL = 1_000_000_000;

/** `kindred groups`: the groups of a library as the person sees them. */
export async function groups(options: GroupsOptions): Promise<void> {
  const library = openCommandLibrary([], options.library);
  try {
    const { memberships } = library.store;
    const paths = pathsById(library);
    const list = memberships.list(0);
    const photosAt = (place: Place): { photos?: { path: string; confidence: number; certainty: string }[] } =>
      options.photos
        ? {
            photos: memberships
              .photos(place, 0, ALL)
              .photos.map(({ id, confidence, certainty }) => ({ path: paths.get(id)!, confidence, certainty })),
          }
        : {};
    const result = {
      groups: list.groups.map(({ id, name, numPhotos, confidence, coverPhotoIds }) => ({
        id,
        name,
        size: numPhotos,
        confidence,
        cover: coverPhotoIds[0] === undefined ? null : (paths.get(coverPhotoIds[0]) ?? null),
        ...photosAt({ kind: 'group', groupId: id }),
      })),
      unsorted: { size: list.unsorted.numPhotos, ...photosAt({ kind: 'unsorted' }) },
    };
    print(options.json, result, () =>
      [
        ...result.groups.map(
          (group) => `${String(group.size).padStart(6)}  ${group.name ?? 'Unnamed'}  (${group.cover ?? 'no cover'})`,
        ),
        `${String(result.unsorted.size).padStart(6)}  Unsorted`,
      ].join('\n'),
    );
  } finally {
    await library.close();
  }
}
