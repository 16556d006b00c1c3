import { expect, it } from 'vitest';

import { weightTable } from '../../../packaging/weights.ts';

it('adds up what is in the program, small packages in one line', () => {
  const table = weightTable(
    [
      { part: 'Node', sizeBytes: 126_000_000 },
      { part: 'ws', sizeBytes: 100_000 },
      { part: 'open', sizeBytes: 200_000 },
    ],
    230_000_000,
  );
  expect(table.split('\n').map((line) => line.trim())).toEqual([
    '126.0 MB  Node',
    '0.3 MB  2 smaller packages',
    "126.3 MB  together, without Electron's own files",
    "230.0 MB  Electron's own files",
    '',
  ]);
});
