import { describe, expect, it } from 'vitest';

import { formatNotices, mayShip } from '../../../packaging/notices.ts';

describe('which licences may ship', () => {
  it.each([
    ['zod', 'MIT', true],
    ['sanitize-filename', 'WTFPL OR ISC', true],
    ['either', '(GPL-3.0 OR MIT)', true],
    ['both', 'Apache-2.0 AND MIT', true],
    ['both', 'MIT AND GPL-3.0', false],
    ['unnamed', 'unknown', false],
    ['libheif-js', 'LGPL-3.0', true],
    ['@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later', true],
    ['another', 'LGPL-3.0', false],
    ['another', 'GPL-3.0', false],
  ])('%s under %s: %s', (name, license, isAllowed) => expect(mayShip({ name, license })).toBe(isAllowed));
});

it('names every package, and prints a text that several share once', () => {
  const one = { version: '1.0.0', license: 'MIT', text: 'Permission is granted.' };
  const notices = formatNotices([
    { name: 'a', ...one },
    { name: 'b', ...one },
  ]);
  expect(notices).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)');
  expect(notices.split('Permission is granted.')).toHaveLength(2);
});
