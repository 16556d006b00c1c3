import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { MediaSize } from '@shared/media-url';

import { previewFile, thumbnailFile } from '../library-paths';
import type { Store } from '../store/store';
import { SMALL_SHORTER_SIDE, THUMBNAIL_LONGER_SIDE } from '../images/limits';
import { markUsed, PreviewLimit } from './preview-limit';
import type { PreviewProcess } from './preview-process';

export interface Media {
  body: Buffer;
  contentType: string;
  etag: string;
}

/** The library that is open now, if any. */
interface OpenLibrary {
  readonly libraryOrNull: { dir: string; store: Pick<Store, 'photos' | 'library'> } | null;
}

/** Pixels by photo id, for the page's and the window's `/media/…` addresses. Only files that Kindred made are ever sent. */
export class MediaSource {
  private readonly limit = new PreviewLimit();

  constructor(
    private readonly open: OpenLibrary,
    private readonly previews: PreviewProcess,
  ) {}

  /** Null when there is no such photo, or nothing to show for it. */
  async read(photoId: number, size: MediaSize): Promise<Media | null> {
    const library = this.open.libraryOrNull;
    const photo = library?.store.photos.get(photoId);
    if (!library || !photo?.content_hash) return null;
    const etag = `"${photo.content_hash}-${size}"`;
    const thumbnail = thumbnailFile(library.dir, photo.content_hash);
    const folder = library.store.library.folders().find((candidate) => candidate.id === photo.folder_id);
    const source = folder && !photo.is_missing ? join(folder.path, photo.path) : null;
    if (size === 'thumbnail') {
      const kept = await this.load(thumbnail, etag);
      if (kept || source === null) return kept;
      // Lost, or the disk was full when it was to be written.
      await this.previews.make(source, thumbnail, thumbnailSide(photo));
      return this.load(thumbnail, etag);
    }
    const preview = previewFile(library.dir, photo.content_hash);
    const made = await this.load(preview, etag);
    if (made) {
      void markUsed(preview);
      return made;
    }
    if (source !== null) {
      await this.previews.make(source, preview);
      await this.limit.note(library.dir);
    }
    // Offline, or the file went bad since: the thumbnail is better than nothing, under a tag that lets the preview come later.
    return (await this.load(preview, etag)) ?? this.load(thumbnail, `"${photo.content_hash}-small"`);
  }

  private async load(file: string, etag: string): Promise<Media | null> {
    try {
      return { body: await readFile(file), contentType: 'image/jpeg', etag };
    } catch {
      return null;
    }
  }
}

/** As a scan makes them: shorter side 256. */
function thumbnailSide({ width, height }: { width: number | null; height: number | null }): number {
  if (!width || !height) return THUMBNAIL_LONGER_SIDE;
  const longer = (SMALL_SHORTER_SIDE * Math.max(width, height)) / Math.min(width, height);
  return Math.min(THUMBNAIL_LONGER_SIDE, Math.round(longer));
}
