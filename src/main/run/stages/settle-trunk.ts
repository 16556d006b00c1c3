import { join } from 'node:path';

import { DEFAULT_TRUNK, QUICK_TRUNK } from '@shared/model/run';

import { areMostlySmall, SMALL_SIDE } from '../small-photos';
import type { StageContext } from '../stage-context';

/**
 * The trunk of a run: the one that was asked for, or the one that suits the photos where none ever was. What is settled stays the library's,
 * so that photos that come later are looked at with the same.
 *
 * @returns Its id, and what there is to say about the choice.
 */
export async function settleTrunk(context: StageContext): Promise<{ trunkId: string; note: string | null }> {
  const { store, runId, options, signal } = context;
  const said = options.trunk ?? store.library.trunk;
  if (said !== null) return { trunkId: said, note: null };
  // A file that brought the reader down is left to the pass that reads suspects one by one.
  const photos = store.photos.toRead().filter((photo) => photo.num_crashes === 0);
  const files = photos.map(({ id, folder, path, size_bytes: sizeBytes }) => ({
    ...{ id, sizeBytes },
    absolutePath: join(folder, path),
  }));
  const isSmall = await areMostlySmall(files, { signal, onStart: context.reading, onRead: context.read });
  const trunkId = isSmall ? QUICK_TRUNK : DEFAULT_TRUNK;
  store.db
    .transaction(() => {
      store.library.setTrunk(trunkId);
      store.runs.setTrunk(runId, trunkId);
    })
    .immediate();
  const note = `Most photos are less than ${SMALL_SIDE} pixels wide or high: the smaller network looks at them.`;
  return { trunkId, note: isSmall ? note : null };
}
