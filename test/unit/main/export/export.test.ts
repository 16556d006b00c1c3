import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { listExports } from '@main/export/export-report';
import { planExport } from '@main/export/plan-export';
import { resumeExport } from '@main/export/resume-export';
import { runExport } from '@main/export/run-export';
import { undoExport } from '@main/export/undo-export';
import { exportFiles, setExportFile, setExportState } from '@main/store/exports';

import { type ExportBench, makeExportBench, sha256 } from './export-helpers';

let bench: ExportBench;
beforeEach(() => (bench = makeExportBench()));
afterEach(() => bench.close());

const plan = (change = {}) =>
  planExport({ db: bench.db, libraryFolders: [bench.library], items: bench.items, options: bench.options(change) });
const run = (exportId: number, more = {}) =>
  runExport({ db: bench.db, exportId, libraryFolders: [bench.library], ...more });

describe('a plan', () => {
  it('counts files, bytes and folders and writes nothing', async () => {
    const made = await plan();
    expect(made).toMatchObject({ numFiles: 6, numUnchanged: 0, problems: [] });
    expect(made.sizeBytes).toBe(bench.items.reduce((sum, item) => sum + item.sizeBytes, 0));
    expect(made.folders.map(({ name, numFiles }) => [name, numFiles])).toEqual([
      ['Beach', 2],
      ['Hills', 4],
    ]);
    expect(existsSync(bench.destination)).toBe(false);
  });

  it.each(['inside', 'through a link', 'around'])('refuses a destination %s the library', async (how) => {
    let destination = join(bench.library, 'exported');
    if (how === 'through a link') {
      symlinkSync(bench.library, join(bench.root, 'link'));
      destination = join(bench.root, 'link', 'deep', 'exported');
    }
    if (how === 'around') destination = bench.root;
    const made = await plan({ destination });
    expect(made.problems.join()).toMatch(/inside/);
    await expect(run(made.id)).rejects.toMatchObject({ code: 'failed-precondition' });
    expect(existsSync(destination) && how !== 'around').toBe(false);
  });

  it('says when there is too little space', async () => {
    bench.items[0]!.sizeBytes = 1e18;
    expect((await plan()).problems.join()).toMatch(/not enough space/);
  });
});

describe('an export', () => {
  it('copies every file, equal by hash, with its times, and leaves the originals alone', async () => {
    const before = bench.tree(bench.library);
    for (const { source } of bench.items) utimesSync(source, 1_000_000_000, 1_100_000_000);
    const made = await plan();
    const seen: number[] = [];
    const report = await run(made.id, { onProgress: ({ done }: { done: number }) => seen.push(done) });
    expect(report).toMatchObject({ state: 'done', numWritten: 6, numVerified: 6, numSkipped: 0, failed: [] });
    expect(Object.values(bench.tree(bench.destination)).sort()).toEqual(
      bench.items.map((item) => item.contentHash).sort(),
    );
    expect(statSync(join(bench.destination, 'Beach', 'IMG_0.jpg')).mtimeMs).toBe(1_100_000_000_000);
    expect(bench.tree(bench.library)).toEqual(before);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('numbers files of one name, and writes nothing the second time', async () => {
    const items = bench.items.map((item) => ({ ...item, folder: 'All' }));
    bench.items.splice(0, items.length, ...items);
    await run((await plan()).id);
    const written = bench.tree(bench.destination);
    expect(Object.keys(written)).toContain('All/IMG_0 (2).jpg');
    const second = await plan();
    expect(second).toMatchObject({ numUnchanged: 6, sizeBytes: 0 });
    expect(await run(second.id)).toMatchObject({ numWritten: 0, numSkipped: 6, bytesWritten: 0 });
    expect(bench.tree(bench.destination)).toEqual(written);
  });

  it('never replaces a file of another content', async () => {
    mkdirSync(join(bench.destination, 'Beach'), { recursive: true });
    writeFileSync(join(bench.destination, 'Beach', 'IMG_0.jpg'), 'mine');
    const made = await plan({ conflicts: 'rename' });
    // One more appears after the plan was made.
    writeFileSync(join(bench.destination, 'Beach', 'IMG_1.jpg'), 'mine too');
    await run(made.id);
    expect(readFileSync(join(bench.destination, 'Beach', 'IMG_0.jpg'), 'utf8')).toBe('mine');
    expect(readFileSync(join(bench.destination, 'Beach', 'IMG_1.jpg'), 'utf8')).toBe('mine too');
    expect(Object.keys(bench.tree(bench.destination))).toEqual(
      expect.arrayContaining(['Beach/IMG_0 (2).jpg', 'Beach/IMG_1 (2).jpg']),
    );
  });

  it('skips files of a taken name where the person chose so', async () => {
    mkdirSync(join(bench.destination, 'Beach'), { recursive: true });
    writeFileSync(join(bench.destination, 'Beach', 'IMG_0.jpg'), 'mine');
    const report = await run((await plan({ conflicts: 'skip' })).id);
    expect(report).toMatchObject({ numWritten: 5, numSkipped: 1 });
  });

  it('asks about taken names before it writes, and not again once they are settled', async () => {
    mkdirSync(join(bench.destination, 'Beach'), { recursive: true });
    writeFileSync(join(bench.destination, 'Beach', 'IMG_0.jpg'), 'mine');
    const asked = await plan({ conflicts: 'ask' });
    expect(asked).toMatchObject({ numConflicts: 1, numSkipped: 1, conflicts: [{ target: 'Beach/IMG_0.jpg' }] });
    await expect(run(asked.id)).rejects.toMatchObject({ code: 'failed-precondition' });
    expect(Object.keys(bench.tree(bench.destination))).toEqual(['Beach/IMG_0.jpg']);
    await run((await plan({ conflicts: 'rename' })).id);
    expect(await plan({ conflicts: 'ask' })).toMatchObject({ numConflicts: 0, numSkipped: 0, numUnchanged: 6 });
  });

  it('leaves a file alone that takes a name after the plan was made', async () => {
    const made = await plan({ conflicts: 'ask' });
    mkdirSync(join(bench.destination, 'Beach'), { recursive: true });
    writeFileSync(join(bench.destination, 'Beach', 'IMG_0.jpg'), 'mine');
    const report = await run(made.id);
    expect(report).toMatchObject({ numWritten: 5, failed: [{ reason: expect.stringMatching(/left alone/) }] });
    expect(readFileSync(join(bench.destination, 'Beach', 'IMG_0.jpg'), 'utf8')).toBe('mine');
  });

  it('lists a vanished original and goes on', async () => {
    const made = await plan();
    unlinkSync(bench.items[2]!.source);
    const report = await run(made.id);
    expect(report.numWritten).toBe(5);
    expect(report.failed).toEqual([{ path: bench.items[2]!.path, reason: 'The original is not there any more.' }]);
  });

  it('does not follow a link that stands where a folder should be', async () => {
    mkdirSync(bench.destination);
    symlinkSync(bench.library, join(bench.destination, 'Beach'));
    const before = bench.tree(bench.library);
    const report = await run((await plan()).id);
    expect(report.failed.map(({ reason }) => reason)).toContain('A link stands where the folder Beach should be.');
    expect(bench.tree(bench.library)).toEqual(before);
  });

  it('stops when it is cancelled, and resumes', async () => {
    const made = await plan();
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 3) controller.abort();
    };
    await expect(run(made.id, { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
    expect(listExports(bench.db)).toMatchObject([{ id: made.id, state: 'interrupted', numWritten: 3 }]);
    const report = await resumeExport({ db: bench.db, exportId: made.id, libraryFolders: [bench.library] });
    expect(report).toMatchObject({ state: 'done', numWritten: 6 });
  });

  it('finds a finished file whose note was lost', async () => {
    const made = await plan();
    await run(made.id);
    const tree = bench.tree(bench.destination);
    setExportFile(bench.db, made.id, 0, { state: 'writing', sha256: null });
    setExportState(bench.db, made.id, 'running');
    await run(made.id);
    expect(bench.tree(bench.destination)).toEqual(tree);
    expect(exportFiles(bench.db, made.id)[0]).toMatchObject({ state: 'written' });
  });

  it.each(['hardlink', 'symlink'] as const)('makes %ss that lead to the originals', async (mode) => {
    const made = await plan({ mode });
    expect(made.sizeBytes).toBe(0);
    await run(made.id);
    for (const file of exportFiles(bench.db, made.id)) {
      expect(statSync(join(bench.destination, file.target)).ino).toBe(statSync(file.source).ino);
    }
    expect(await plan({ mode })).toMatchObject({ numUnchanged: 6 });
    await undoExport({ db: bench.db, exportId: made.id });
    expect(existsSync(bench.destination)).toBe(false);
    expect(bench.items.every(({ source }) => existsSync(source))).toBe(true);
  });
});

describe('moving', () => {
  it('needs a second yes', async () => {
    await expect(run((await plan({ mode: 'move' })).id)).rejects.toMatchObject({ code: 'failed-precondition' });
  });

  it('takes the originals away and undo brings them back', async () => {
    const before = bench.tree(bench.library);
    const made = await plan({ mode: 'move' });
    expect(await run(made.id, { confirmed: true })).toMatchObject({ numWritten: 6, numVerified: 6 });
    expect(bench.tree(bench.library)).toEqual({});
    expect(Object.keys(bench.tree(bench.destination))).toHaveLength(6);
    expect(await undoExport({ db: bench.db, exportId: made.id })).toMatchObject({ state: 'undone', failed: [] });
    expect(bench.tree(bench.library)).toEqual(before);
    expect(existsSync(bench.destination)).toBe(false);
  });
});

describe('undo', () => {
  it('leaves the destination as it was', async () => {
    mkdirSync(join(bench.destination, 'Beach'), { recursive: true });
    writeFileSync(join(bench.destination, 'Beach', 'other.txt'), 'mine');
    const before = bench.tree(bench.destination);
    const made = await plan();
    await run(made.id);
    const report = await undoExport({ db: bench.db, exportId: made.id });
    expect(report).toMatchObject({ state: 'undone', numWritten: 0, failed: [] });
    expect(bench.tree(bench.destination)).toEqual(before);
    expect(existsSync(join(bench.destination, 'Hills'))).toBe(false);
  });

  it('keeps a file that was changed, and one that has become the only copy', async () => {
    const made = await plan();
    await run(made.id);
    const [first, second] = exportFiles(bench.db, made.id);
    writeFileSync(join(bench.destination, first!.target), 'edited');
    unlinkSync(second!.source);
    const report = await undoExport({ db: bench.db, exportId: made.id });
    expect(report.failed.map(({ reason }) => reason)).toEqual([
      'It was changed after the export, so it stays.',
      'Its original is not there any more, so this copy stays.',
    ]);
    expect(Object.keys(bench.tree(bench.destination)).sort()).toEqual([first!.target, second!.target].sort());
  });

  it('keeps files that were there before', async () => {
    await run((await plan()).id);
    const second = await plan();
    await run(second.id);
    await undoExport({ db: bench.db, exportId: second.id });
    expect(Object.keys(bench.tree(bench.destination))).toHaveLength(6);
  });
});

describe('what travels with a photo', () => {
  const put = (path: string, content: string): void => writeFileSync(join(bench.library, path), content);

  it('keeps the photo’s name and number, and comes back with it', async () => {
    put('trip 0/IMG_0.CR2', 'raw');
    put('trip 0/IMG_0.jpg.xmp', '<x/>');
    put('trip 0/img_0.MOV', 'clip');
    put('trip 0/IMG_00.xmp', 'of another');
    put('trip 0/IMG_0.txt', 'no companion');
    put('trip 0/IMG_0.JPG.XMP', '<y/>');
    bench.items.forEach((item) => (item.folder = 'All'));
    // Another photo has taken the plain name.
    mkdirSync(join(bench.destination, 'All'), { recursive: true });
    writeFileSync(join(bench.destination, 'All', 'IMG_0.CR2'), 'foreign');
    const before = bench.tree(bench.library);
    const made = await plan({ mode: 'move', conflicts: 'rename' });
    expect(made).toMatchObject({ numFiles: 10, numConflicts: 1 });
    await run(made.id, { confirmed: true });
    expect(Object.keys(bench.tree(bench.destination))).toEqual(
      expect.arrayContaining([
        'All/IMG_0 (2).jpg',
        'All/IMG_0 (2).CR2',
        'All/IMG_0 (2)_2.jpg.xmp',
        'All/IMG_0 (2).MOV',
        'All/IMG_0.jpg',
      ]),
    );
    expect(Object.keys(bench.tree(bench.library))).toEqual(['trip 0/IMG_0.txt', 'trip 0/IMG_00.xmp']);
    await undoExport({ db: bench.db, exportId: made.id });
    expect(bench.tree(bench.library)).toEqual(before);
  });

  it('is named with its photo as one set, where names differ only by case and in the forms of other programs', async () => {
    const names = ['a.jpg', 'A.jpg', 'b.jpg', 'b(1).jpg', 'Käfer.jpg'.normalize('NFD')];
    const beside = [
      'a.jpg.xmp',
      'A.jpg.xmp',
      'b.jpg.supplemental-met.json',
      'b.jpg(1).json',
      'b_01.jpg.xmp',
      'Käfer.jpg.xmp',
    ];
    const items = names.map((name, index) => {
      put(`trip 0/${name}`, name);
      const source = join(bench.library, 'trip 0', name);
      const contentHash = sha256(Buffer.from(name));
      const sizeBytes = Buffer.byteLength(name);
      return { ...bench.items[index]!, source, path: `trip 0/${name}`, folder: 'All', sizeBytes, contentHash };
    });
    for (const name of beside) put(`trip 0/${name}`, `beside ${name}`);
    const planned = () =>
      planExport({
        db: bench.db,
        libraryFolders: [bench.library],
        items,
        options: bench.options({ conflicts: 'rename' }),
      });
    const report = await run((await planned()).id);
    expect(report).toMatchObject({ numWritten: 11, failed: [] });
    const written = Object.keys(bench.tree(bench.destination)).map((path) => [
      path,
      readFileSync(join(bench.destination, path), 'utf8'),
    ]);
    expect(Object.fromEntries(written)).toEqual({
      'All/A.jpg': 'A.jpg',
      'All/A.jpg.xmp': 'beside A.jpg.xmp',
      'All/a (2).jpg': 'a.jpg',
      'All/a (2).jpg.xmp': 'beside a.jpg.xmp',
      'All/b.jpg': 'b.jpg',
      'All/b.jpg.supplemental-met.json': 'beside b.jpg.supplemental-met.json',
      'All/b_01.jpg.xmp': 'beside b_01.jpg.xmp',
      'All/b(1).jpg': 'b(1).jpg',
      'All/b.jpg(1).json': 'beside b.jpg(1).json',
      'All/Käfer.jpg': names[4],
      'All/Käfer.jpg.xmp': 'beside Käfer.jpg.xmp',
    });
    expect(await planned()).toMatchObject({ numFiles: 11, numUnchanged: 11, numConflicts: 0 });
  });

  it('is keywords, a manifest and a folder a year where the person wants them, and nothing the second time', async () => {
    bench.items.forEach((item, index) => (item.takenAt = index === 0 ? null : `202${index % 2}-05-06T07:08:09`));
    bench.items[0]!.folder = 'Tom & <Jerry>';
    const options = { keywords: true, manifest: true, byYear: true };
    const made = await plan(options);
    expect(made.numFiles).toBe(13);
    expect(await run(made.id)).toMatchObject({ numWritten: 13, numVerified: 13, failed: [] });
    const sidecar = readFileSync(join(bench.destination, 'Tom & _Jerry_', 'Undated', 'IMG_0.jpg.xmp'), 'utf8');
    expect(sidecar).toContain('<rdf:li>Tom &amp; _Jerry_|Undated</rdf:li>');
    const manifest = JSON.parse(readFileSync(join(bench.destination, 'kindred-manifest.json'), 'utf8')) as {
      files: unknown[];
    };
    expect(manifest.files).toHaveLength(6);
    expect(await plan(options)).toMatchObject({ numUnchanged: 13, sizeBytes: 0, numConflicts: 0 });
    await undoExport({ db: bench.db, exportId: made.id });
    expect(existsSync(bench.destination)).toBe(false);
  });
});
