import { chmodSync, linkSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { planExport } from '@main/export/plan-export';
import { runExport } from '@main/export/run-export';
import { undoExport } from '@main/export/undo-export';

import { type ExportBench, makeExportBench } from './export-helpers';

let bench: ExportBench;
beforeEach(() => (bench = makeExportBench()));
afterEach(() => bench.close());

async function plan(mode: 'copy' | 'move') {
  const { db, library, items } = bench;
  return planExport({ db, libraryFolders: [library], items, options: bench.options({ mode }), numUngrouped: 5 });
}

it('moves a photo as it is, and undo brings back the very file, hard links and all', async () => {
  const { source } = bench.items[0]!;
  const link = join(bench.library, 'other name.jpg');
  linkSync(source, link);
  chmodSync(source, 0o604);
  const before = statSync(source, { bigint: true });
  const { id } = await plan('move');
  const { db, library } = bench;
  const report = await runExport({ db, exportId: id, libraryFolders: [library], confirmed: true });
  expect(report).toMatchObject({ state: 'done', numWritten: 6, failed: [] });
  expect(report.bytesWritten).toBeGreaterThan(6 * 5000);
  await undoExport({ db, exportId: id });
  const after = statSync(source, { bigint: true });
  expect([after.ino, after.mode, after.mtimeNs, after.nlink]).toEqual([before.ino, before.mode, before.mtimeNs, 2n]);
});

it('names originals that changed since they were looked at, and counts what stays behind', async () => {
  bench.items.forEach((item) => (item.mtimeMs = statSync(item.source).mtimeMs));
  writeFileSync(bench.items[1]!.source, 'another picture');
  utimesSync(bench.items[2]!.source, 1, 1);
  expect(await plan('copy')).toMatchObject({
    changed: [bench.items[1]!.path, bench.items[2]!.path],
    numUngrouped: 5,
  });
});
