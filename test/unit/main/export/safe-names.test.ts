import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exportFolderNames, nameKey, numberedName, safeFileName, safeFolderName } from '@main/export/safe-names';

describe('folder names', () => {
  it.each([
    ['Beach', 'Beach'],
    ['AC/DC: live?', 'AC_DC_ live_'],
    ['con', 'con_'],
    ['..', 'Untitled'],
    ['  Summer  2024. ', 'Summer 2024'],
    ['.hidden', '_hidden'],
    ['\u202Egpj.exe', 'gpj.exe'],
    ['Cafe\u0301', 'Café'],
    ['日本語', '日本語'],
    ['', 'Untitled'],
  ])('%j becomes %j', (name, expected) => {
    expect(safeFolderName(name)).toBe(expected);
  });

  it('are distinct also where case and normal form do not count, and the same in every export', () => {
    const groups = [
      { id: 'c', name: 'beach' },
      { id: 'a', name: 'Beach' },
      { id: 'b', name: 'BEACH ' },
    ];
    const names = exportFolderNames(groups);
    expect([...names.entries()].sort()).toEqual([
      ['a', 'Beach'],
      ['b', 'BEACH (2)'],
      ['c', 'beach (3)'],
    ]);
    expect(exportFolderNames(groups.toReversed())).toEqual(names);
  });
});

describe('any name', () => {
  it('becomes one that every system takes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.string()), (name) => {
        for (const safe of [safeFileName(name), safeFolderName(name)]) {
          expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
          expect(safe).not.toMatch(/[<>:"/\\|?*\u0000-\u001f]|[. ]$|^[. ]|^$/); // eslint-disable-line no-control-regex
          expect(safe).toBe(safe.normalize('NFC'));
          expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

it('numbers go before the extension', () => {
  expect(numberedName('a.b.jpg', 2)).toBe('a.b (2).jpg');
  expect(numberedName('README', 3)).toBe('README (3)');
  expect(numberedName('a.jpg', 1)).toBe('a.jpg');
});

it('a long file name keeps its extension', () => {
  expect(safeFileName(`${'ä'.repeat(300)}.jpeg`)).toMatch(/^ä{97}\.jpeg$/);
});

it('keys ignore case and normal form', () => {
  expect(nameKey('É')).toBe(nameKey('e\u0301'));
});
