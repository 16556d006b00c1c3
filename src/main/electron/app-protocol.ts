import { protocol } from 'electron';

import { type MediaSize, parseMediaPath } from '@shared/media-url';
import type { PhotoId } from '@shared/model/ids';

import type { Media } from '../link/messages';
import { SECURITY_HEADERS } from '../web/security-headers';
import { readStaticFile } from '../web/static-files';

export const APP_ORIGIN = 'kindred://app';

/** Must run before the app is ready: the scheme then counts as a secure, ordinary origin. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'kindred', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Asks the host for a photo's pixels. */
export type ReadMedia = (photoId: PhotoId, size: MediaSize) => Promise<Media | null>;

/** Serves the built renderer and media by id under `kindred://app/`; everything else is refused. */
export function handleAppScheme(rendererDir: string, readMedia: ReadMedia): void {
  protocol.handle('kindred', async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app') return reply(404, 'There is nothing here.');
    const wanted = parseMediaPath(url.pathname);
    if (wanted) {
      const found = await readMedia(wanted.photoId, wanted.size);
      return found ? reply(200, found.body, found.contentType) : reply(404, 'There is no such picture.');
    }
    const file = await readStaticFile(rendererDir, url.pathname);
    return file ? reply(200, file.body, file.contentType) : reply(404, 'There is nothing here.');
  });
}

function reply(status: number, body: Uint8Array | string, contentType = 'text/plain; charset=utf-8'): Response {
  const bytes = typeof body === 'string' ? body : new Uint8Array(body);
  return new Response(bytes, { status, headers: { ...SECURITY_HEADERS, 'Content-Type': contentType } });
}
