import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { LibraryWatch } from '@main/watch/library-watch';
import { openStore, type Store } from '@main/store/store';

import { addPhoto } from '../../../helpers/small-store';
import { temporaryFolder } from '../../../helpers/temporary-folder';

const SETTLE_MS = 60;
let root: string;
let folder: string;
let store: Store;
let watch: LibraryWatch;
let numPresence: number;
let told: number[];

beforeEach(() => {
  root = temporaryFolder();
  folder = join(root, 'photos');
  mkdirSync(join(folder, 'sub'), { recursive: true });
  store = openStore(join(root, 'library.sqlite'));
  store.library.setWatching(true);
  [numPresence, told] = [0, []];
  watch = new LibraryWatch({
    store,
    onPresence: () => numPresence++,
    onNewFiles: (count) => told.push(count),
    onLog: (message) => expect.fail(message),
    settleMs: SETTLE_MS,
    // Only the looks that a test asks for.
    checkMs: 1_000_000,
  });
});
afterEach(() => {
  watch.close();
  store.close();
});

const isOffline = (): boolean => store.library.folders()[0]!.is_offline === 1;
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 6 * SETTLE_MS));

/** Writes a file again and again until it is told of: watching begins a moment after it is asked for. */
async function expectNoticed(file: string): Promise<void> {
  let size = 0;
  await vi.waitFor(
    () => {
      if (told.length > 0) return;
      writeFileSync(file, 'x'.repeat(++size));
      expect.fail('not noticed yet');
    },
    { timeout: 10_000, interval: 5 * SETTLE_MS },
  );
}

describe('the folders of an open library', () => {
  it('go and come back', async () => {
    addPhoto(store, store.library.addFolder(folder), 0);
    writeFileSync(join(folder, 'photo-0000.jpg'), 'photo');
    await watch.check();
    expect([isOffline(), numPresence]).toEqual([false, 0]);
    renameSync(folder, join(root, 'elsewhere'));
    await watch.check();
    await watch.check();
    expect([isOffline(), numPresence]).toEqual([true, 1]);
    renameSync(join(root, 'elsewhere'), folder);
    await watch.check();
    expect([isOffline(), numPresence]).toEqual([false, 2]);
  });

  it('count as gone when a mount is empty that held photos', async () => {
    addPhoto(store, store.library.addFolder(folder), 0);
    rmSync(join(folder, 'sub'), { recursive: true });
    await watch.check();
    expect(isOffline()).toBe(true);
  });

  it('are watched for new photos, while the person wants it', async () => {
    store.library.addFolder(folder);
    await watch.check();
    await expectNoticed(join(folder, 'new.jpg'));
    store.library.setWatching(false);
    await watch.check();
    await quiet();
    told.length = 0;
    writeFileSync(join(folder, 'newer.jpg'), 'photo');
    await quiet();
    expect(told).toEqual([]);
  });

  it('tell of a file once where one lies in another, and know what the other has', async () => {
    const outerId = store.library.addFolder(folder);
    store.library.addFolder(join(folder, 'sub'));
    await watch.check();
    await expectNoticed(join(folder, 'sub', 'new.jpg'));
    await quiet();
    expect(told).toEqual([1]);
    told.length = 0;
    writeFileSync(join(folder, 'sub', 'known.jpg'), 'photo');
    store.photos.insert(outerId, 'sub/known.jpg', 5, Date.now());
    store.db.prepare('UPDATE photos SET mtime_ms = ?').run(statSync(join(folder, 'sub', 'known.jpg')).mtimeMs);
    await quiet();
    expect(told).toEqual([]);
  });
});
