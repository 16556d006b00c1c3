import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { markUsed, PreviewLimit } from '@main/media/preview-limit';

import { temporaryFolder } from '../../../helpers/temporary-folder';

it('lets the previews go that were looked at longest ago, when there are too many', async () => {
  const dir = temporaryFolder();
  mkdirSync(join(dir, 'previews', 'ab'), { recursive: true });
  const files = [0, 1, 2, 3].map((index) => join(dir, 'previews', 'ab', `${index}.jpg`));
  files.forEach((file, index) => {
    writeFileSync(file, Buffer.alloc(1000));
    utimesSync(file, 1000 + index, 1000 + index);
  });
  await markUsed(files[0]!);
  const limit = new PreviewLimit(2500, 2);
  await limit.note(dir);
  expect(files.every((file) => existsSync(file))).toBe(true);
  await limit.note(dir);
  expect(files.map((file) => existsSync(file))).toEqual([true, false, false, true]);
});
