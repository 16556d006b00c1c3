import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { MediaSize } from '@shared/media-url';

import { previewFile, thumbnailFile } from '../library-paths';
import type { Store } from '../store/store';
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
    if (size === 'thumbnail') return this.load(thumbnail, etag);
    const preview = previewFile(library.dir, photo.content_hash);
    const made = await this.load(preview, etag);
    if (made) return made;
    const folder = library.store.library.folders().find((candidate) => candidate.id === photo.folder_id);
    if (folder) await this.previews.make(join(folder.path, photo.path), preview);
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
