import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { type FoundFile, type FolderWalk, walkFolder } from '@main/images/walk-folder';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'kindred-walk-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Buffer = 'x'): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), content);
}

async function walk(folder = root): Promise<{ paths: string[]; files: FoundFile[]; walk: FolderWalk }> {
  const folderWalk = walkFolder(folder);
  const files: FoundFile[] = [];
  for await (const file of folderWalk) files.push(file);
  return { paths: files.map(({ path }) => path), files, walk: folderWalk };
}

it('finds photos at every depth, in the order of their names', async () => {
  for (const path of ['b/two.JPG', 'b/one.jpeg', 'a/deep/er/x.heic', 'z.png', 'a/raw.CR3']) put(path);
  const { paths, files } = await walk();
  expect(paths).toEqual(['a/deep/er/x.heic', 'a/raw.CR3', 'b/one.jpeg', 'b/two.JPG', 'z.png']);
  expect(files[1]).toMatchObject({ kind: 'raw', sizeBytes: 1 });
});

it('leaves hidden and system files, videos, sidecars and others out, and counts them', async () => {
  const leftOut = [
    '.hidden.jpg',
    '.git/a.jpg',
    '@eaDir/t.jpg',
    '$RECYCLE.BIN/a.jpg',
    'Thumbs.db',
    'clip.mov',
    'a.xmp',
    'notes.txt',
  ];
  for (const path of [...leftOut, 'a.jpg']) put(path);
  const found = await walk();
  expect(found.paths).toEqual(['a.jpg']);
  expect(found.walk.leftOut).toMatchObject({ hidden: 2, system: 3, video: 1, sidecar: 1, other: 1 });
  expect(found.walk.numLeftOut).toBe(8);
  expect(found.walk.leftOutFiles).toEqual([
    { path: 'clip.mov', kind: 'video' },
    { path: 'notes.txt', kind: 'other' },
  ]);
});

it('looks into files whose name says nothing', async () => {
  put('picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]));
  put('README', 'text');
  put('x.unknown', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  expect((await walk()).paths).toEqual(['picture', 'x.unknown']);
});

it('follows no link, so loops and ways out end there', async () => {
  put('real/a.jpg');
  const outside = mkdtempSync(join(tmpdir(), 'kindred-outside-'));
  writeFileSync(join(outside, 'secret.jpg'), 'x');
  symlinkSync(root, join(root, 'real', 'loop'));
  symlinkSync(outside, join(root, 'out'));
  symlinkSync(join(outside, 'secret.jpg'), join(root, 'secret.jpg'));
  symlinkSync('nowhere', join(root, 'dangling.jpg'));
  const found = await walk();
  rmSync(outside, { recursive: true });
  expect(found.paths).toEqual(['real/a.jpg']);
  expect(found.walk.leftOut.link).toBe(4);
});

it('walks a root that is itself reached through a link', async () => {
  put('real/a.jpg');
  symlinkSync(join(root, 'real'), join(root, 'link'));
  expect((await walk(join(root, 'link'))).paths).toEqual(['a.jpg']);
});

it.skipIf(process.platform === 'win32')('passes a FIFO without waiting for it', async () => {
  execFileSync('mkfifo', [join(root, 'pipe.jpg')]);
  put('a.jpg');
  const found = await walk();
  expect(found.paths).toEqual(['a.jpg']);
  expect(found.walk.leftOut.special).toBe(1);
});

it.skipIf(process.platform !== 'linux')('takes names in every script, and those that are no text', async () => {
  const names = [
    'line\nbreak.jpg',
    '👩‍👩‍👧 🏖️.jpg',
    '\u202Egnp.jpg',
    `${'é'.repeat(125)}.jpg`,
    'Cafe\u0301.jpg',
    'ตัวอย่าง.jpg',
  ];
  for (const name of names) put(name);
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff, 0xfe]), Buffer.from('.jpg')]), 'x');
  const found = await walk();
  expect(found.paths.toSorted()).toEqual([...names, 'bad-\ufffdff\ufffdfe.jpg'].toSorted());
  expect(found.walk.problems).toEqual([]);
});

it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('lists a folder it may not open', async () => {
  put('locked/a.jpg');
  put('open/a.jpg');
  chmodSync(join(root, 'locked'), 0);
  const found = await walk();
  chmodSync(join(root, 'locked'), 0o700);
  expect(found.paths).toEqual(['open/a.jpg']);
  expect(found.walk.problems).toEqual([{ path: 'locked', reason: 'You do not have permission to open this folder.' }]);
});

it('fails where the root is not there', async () => {
  await expect(walk(join(root, 'gone'))).rejects.toMatchObject({ name: 'PhotoError', problem: 'vanished' });
});

it('stops when it is cancelled', async () => {
  for (let i = 0; i < 20; i++) put(`${i}.jpg`);
  const controller = new AbortController();
  const seen: string[] = [];
  const run = async (): Promise<void> => {
    for await (const { path } of walkFolder(root, { signal: controller.signal })) {
      seen.push(path);
      controller.abort();
    }
  };
  await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
  expect(seen).toHaveLength(1);
});
