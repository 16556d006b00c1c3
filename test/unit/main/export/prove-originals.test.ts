import { statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { proveOriginals } from '@main/export/prove-originals';

import { makeExportBench } from './export-helpers';

it('says of every original whether it is as it was', async () => {
  const bench = makeExportBench(4);
  const originals = bench.items.map((item) => ({ ...item, mtimeMs: statSync(item.source).mtimeMs }));
  expect(await proveOriginals(originals)).toEqual({ numChecked: 4, numUnchanged: 4, changed: [] });
  writeFileSync(originals[0]!.source, 'other');
  unlinkSync(originals[1]!.source);
  utimesSync(originals[2]!.source, 1, 1);
  expect(await proveOriginals(originals)).toEqual({
    numChecked: 4,
    numUnchanged: 1,
    changed: [
      { path: originals[0]!.path, reason: 'Its content is another one.' },
      { path: originals[1]!.path, reason: 'It is not there.' },
      { path: originals[2]!.path, reason: 'Its time is another one; its content is the same.' },
    ],
  });
  bench.close();
});
