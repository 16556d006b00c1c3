import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { FolderWatch } from '@main/watch/folder-watch';

import { temporaryFolder } from '../../../helpers/temporary-folder';

const SETTLE_MS = 60;
let root: string;
let watch: FolderWatch;
let told: number[];
let errors: unknown[];
const known = new Set<string>();

beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, 'old'));
  [told, errors] = [[], []];
  known.clear();
});
afterEach(() => watch.close());

/** Starts watching and waits until what is there is watched: a first file is noticed. */
async function start(settleMs = SETTLE_MS): Promise<void> {
  watch = new FolderWatch({
    path: root,
    settleMs,
    isKnown: (path) => known.has(path),
    onNewFiles: (count) => told.push(count),
    onError: (error) => errors.push(error),
  });
  await vi.waitFor(
    () => {
      if (told.length > 0) return;
      appendFileSync(join(root, 'old', 'first.jpg'), 'x');
      expect.fail('not noticed yet');
    },
    { timeout: 20_000, interval: 5 * settleMs },
  );
  await quiet();
  told.length = 0;
}

/** Long enough that anything noticed would have been told. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 6 * SETTLE_MS));
const total = (): number => told.reduce((sum, count) => sum + count, 0);

describe('a watched folder', () => {
  it('tells of photos once they have settled, all that came together at once', async () => {
    await start();
    for (const name of ['a.jpg', 'b.jpg', 'c.cr2']) writeFileSync(join(root, 'old', name), 'photo');
    await vi.waitFor(() => expect(total()).toBe(3), { timeout: 10_000 });
    expect(told).toHaveLength(1);
  });

  it('waits for a file that is still being written', async () => {
    // Far longer than a busy machine keeps the writer waiting.
    await start(500);
    const file = join(root, 'growing.jpg');
    for (let part = 0; part < 8; part++) {
      appendFileSync(file, 'part');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(told).toEqual([]);
    }
    await vi.waitFor(() => expect(told).toEqual([1]), { timeout: 10_000 });
  });

  it('passes over what is no photo, hidden, known or gone again', async () => {
    await start();
    known.add('known.jpg');
    writeFileSync(join(root, 'known.jpg'), 'photo');
    writeFileSync(join(root, 'notes.txt'), 'text');
    writeFileSync(join(root, '.hidden.jpg'), 'photo');
    writeFileSync(join(root, 'gone.jpg'), 'photo');
    rmSync(join(root, 'gone.jpg'));
    await quiet();
    expect(told).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('looks into folders that are new, with what came in them, and watches them', async () => {
    await start();
    const outside = temporaryFolder();
    mkdirSync(join(outside, 'trip', 'day'), { recursive: true });
    for (const name of ['trip/one.jpg', 'trip/day/two.jpg']) writeFileSync(join(outside, name), 'photo');
    renameSync(join(outside, 'trip'), join(root, 'trip'));
    await vi.waitFor(() => expect(total()).toBe(2), { timeout: 10_000 });
    writeFileSync(join(root, 'trip', 'day', 'three.jpg'), 'photo');
    await vi.waitFor(() => expect(total()).toBe(3), { timeout: 10_000 });
  });

  it('watches a folder anew that was deleted and made again', async () => {
    await start();
    rmSync(join(root, 'old'), { recursive: true });
    mkdirSync(join(root, 'old'));
    writeFileSync(join(root, 'old', 'one.jpg'), 'photo');
    await vi.waitFor(() => expect(total()).toBe(1), { timeout: 10_000 });
    writeFileSync(join(root, 'old', 'two.jpg'), 'photo');
    await vi.waitFor(() => expect(total()).toBe(2), { timeout: 10_000 });
    expect(errors).toEqual([]);
  });

  it('says nothing of deletions, and nothing at all once it is closed', async () => {
    await start();
    rmSync(join(root, 'old', 'first.jpg'));
    await quiet();
    watch.close();
    writeFileSync(join(root, 'late.jpg'), 'photo');
    await quiet();
    expect(told).toEqual([]);
  });
});
