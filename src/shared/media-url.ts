import { z } from 'zod';

import { PhotoId } from './model/ids';

/** `thumbnail`: 320 px on the longer side, for grids. `preview`: up to 2,048 px, for the full view. */
export const MediaSize = z.enum(['thumbnail', 'preview']);
export type MediaSize = z.infer<typeof MediaSize>;

/** Address of a photo's pixels, the same on the page and in the window; pixels never travel in messages. */
export function mediaUrl(photoId: PhotoId, size: MediaSize): string {
  return `/media/${photoId}/${size}`;
}

/** Reads back a path made by {@link mediaUrl}; null for anything else. */
export function parseMediaPath(path: string): { photoId: PhotoId; size: MediaSize } | null {
  const match = /^\/media\/([1-9]\d{0,14})\/([a-z]+)$/.exec(path);
  const parsed = z.object({ photoId: PhotoId, size: MediaSize }).safeParse({
    photoId: Number(match?.[1]),
    size: match?.[2],
  });
  return parsed.success ? parsed.data : null;
}
