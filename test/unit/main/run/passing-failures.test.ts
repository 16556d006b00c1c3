import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it, vi } from 'vitest';

import { generatedJpeg } from '../../../helpers/generated-pictures';
import { ScannedFolder } from '../../../helpers/scanned-folder';

// Each scan opens a network; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

it('reads a photo again whose failure had to do with the moment, and leaves a damaged one alone', async () => {
  const library = new ScannedFolder();
  for (const index of [0, 1])
    writeFileSync(join(library.photos, `${index}.jpg`), await generatedJpeg('discs', { index, seed: 1 }));
  writeFileSync(join(library.photos, 'text.jpg'), 'no picture');
  await library.scan();
  const { photos } = library.store;
  photos.setFailed(library.idAt('0.jpg'), 'The disk could not read this file.', 'unreadable');
  const damaged = library.idAt('text.jpg');
  await library.scan();
  expect(library.present()).toEqual([
    ['0.jpg', 'indexed'],
    ['1.jpg', 'indexed'],
    ['text.jpg', 'failed'],
  ]);
  expect(photos.get(damaged)!.problem).toBe('not-a-picture');
});

it('keeps what is wrong with a photo that is shown all the same', async () => {
  const library = new ScannedFolder();
  const whole = await generatedJpeg('noise', { index: 1, seed: 1, width: 640, height: 480 });
  writeFileSync(join(library.photos, 'cut.jpg'), whole.subarray(0, Math.round(whole.length * 0.7)));
  await library.scan();
  expect(library.store.photos.notes()).toEqual([
    { path: 'cut.jpg', note: expect.stringMatching(/cut off: \d+ % of the picture is missing/) },
  ]);
});
