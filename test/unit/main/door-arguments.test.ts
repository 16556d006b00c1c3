import { resolve } from 'node:path';

import { expect, it } from 'vitest';

import { parseWindowArguments } from '@main/door-arguments';

const at = (...args: string[]) => parseWindowArguments(args, '/home/ada');
const inHome = (path: string): string => resolve('/home/ada', path);

it.each([
  [[], null, null],
  [['Photos'], 'Photos', null],
  [['--port', '8080'], null, null],
  [['--port', '8080', 'Photos'], 'Photos', null],
  [['--library', 'Lib', 'Photos'], 'Photos', 'Lib'],
  [['Photos', '--library=Lib', '--no-open'], 'Photos', 'Lib'],
  [['--no-sandbox', '--inspect=0', 'Photos', '--disable-gpu'], 'Photos', null],
])('reads %j', (args, folder, libraryDir) => {
  expect(at(...args)).toEqual({
    folder: folder && inHome(folder),
    libraryDir: libraryDir && inHome(libraryDir),
  });
});

it('says what is wrong with a port', () => {
  expect(() => at('--port', 'Photos')).toThrow('It takes a whole number from 0 to 65535.');
});
