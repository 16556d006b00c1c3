import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fsPath, nameOfBytes, shownPath } from '@main/path-bytes';

describe('names that are no text', () => {
  it('leads every name back to its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
        const name = Buffer.from(bytes);
        expect(Buffer.from(fsPath(nameOfBytes(name)))).toEqual(name);
      }),
    );
  });

  it('tells names apart that look alike', () => {
    const names = [Buffer.from([0xe4]), Buffer.from([0xf6]), Buffer.from('\ufffd'), Buffer.from('\ufffde4')];
    expect(new Set(names.map(nameOfBytes)).size).toBe(4);
    expect(names.map((name) => shownPath(nameOfBytes(name)))).toEqual(['�', '�', '���', '���e4']);
  });

  it('leaves names that are text alone', () => {
    for (const name of ['photo.jpg', 'Jörg 🐈.jpg', '日本.png']) {
      expect(nameOfBytes(Buffer.from(name))).toBe(name);
      expect(fsPath(name)).toBe(name);
    }
  });
});
