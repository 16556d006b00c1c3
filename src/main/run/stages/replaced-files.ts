import { readFileSync } from 'node:fs';

import { thumbnailFile } from '../../library-paths';
import type { ReplacedFile } from '../../store/photo-identity';
import type { StageContext } from '../stage-context';

/**
 * Decides about files whose new content nobody knew, when all others have found their photos again. Where the picture is the same and only
 * its metadata changed (a rating was written into it), the photo goes on. Otherwise it is a new photo, and what the person said of the former
 * one is shown as doubtful.
 */
export function settleReplacedFiles({ store, libraryDir, find }: StageContext): void {
  const { identity } = store;
  let numDoubted = 0;
  store.db
    .transaction(() => {
      for (const file of identity.replaced()) {
        if (isSamePicture(libraryDir, file)) {
          const facts = store.photos.get(file.photoId)!;
          identity.takeOver(file.formerId, file.photoId);
          store.photos.setIndexed(file.formerId, facts);
        } else {
          identity.doubt(file);
          numDoubted += 1;
        }
      }
      identity.settle();
    })
    .immediate();
  if (numDoubted > 0)
    find(
      numDoubted === 1
        ? 'One file holds another picture than before: it counts as a new photo.'
        : `${numDoubted} files hold other pictures than before: they count as new photos.`,
    );
}

/** Equal pixels give equal thumbnails, to the byte. A thumbnail that is gone or was made by another version proves nothing. */
function isSamePicture(libraryDir: string, { contentHash, formerHash }: ReplacedFile): boolean {
  try {
    const [now, before] = [contentHash, formerHash].map((hash) => readFileSync(thumbnailFile(libraryDir, hash)));
    return now!.equals(before!);
  } catch {
    return false;
  }
}
