/** @file Reads the files it is given, as the pipeline does, and tells of each start and end: `mutated-child.ts <thumbnails> <in flight> <path>…`. */
import { join } from 'node:path';

import { indexPhotos } from '@main/run/embed-photos';

const [thumbnails = '', numInFlight = '1'] = process.argv.slice(2, 4);
const say = (message: unknown): boolean => process.send?.(message) ?? false;

process.on('message', (paths: string[]) => {
  void indexPhotos({
    photos: paths.map((absolutePath, id) => ({ id, absolutePath })),
    seed: 1,
    numInFlight: Number(numInFlight),
    thumbnailPath: (hash) => join(thumbnails, `${hash}.jpg`),
    onStart: (id) => say({ id, what: 'start' }),
    onPhoto: (id, facts) => say({ id, what: 'shown', note: facts.note }),
    onFailure: (id, { problem, message }) => say({ id, what: 'listed', problem, message }),
  }).then(
    () => say({ what: 'end', rss: process.memoryUsage.rss() }),
    (error: unknown) => {
      console.error(error);
      process.exit(3);
    },
  );
});
say({ what: 'ready' });
