import { homedir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findDestination } from '@main/export/destination';
import { realFolder } from '@main/library-paths';
import { absolutePath } from '@main/typed-path';

describe('a typed path', () => {
  it('means the home folder by ~', () => {
    expect(absolutePath('~')).toBe(homedir());
    expect(absolutePath('~/Sorted')).toBe(join(homedir(), 'Sorted'));
    expect(absolutePath('/photos/../Sorted')).toBe('/Sorted');
  });

  it('means what lies below where the person stands, on the command line', () => {
    expect(absolutePath('Sorted', '/home/ada')).toBe('/home/ada/Sorted');
    expect(absolutePath('~/Sorted', '/home/ada')).toBe(join(homedir(), 'Sorted'));
  });

  it('is refused where it is relative and nobody stands anywhere', async () => {
    expect(() => absolutePath('Sorted')).toThrow(/not a whole path/);
    expect(() => absolutePath('./Sorted')).toThrow(/not a whole path/);
    expect(() => realFolder('src')).toThrow(/not a whole path/);
    await expect(findDestination('Sorted')).rejects.toThrow(/not a whole path/);
    expect((await findDestination('~/Sorted-nowhere')).path).toBe(join(homedir(), 'Sorted-nowhere'));
  });
});
