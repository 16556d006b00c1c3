import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { writeGeneratedLibrary } from '../../helpers/generated-pictures';
import { spawnWindow } from './launch-window';
import { expect, test } from './window-test';

/** @file How the window starts, and what it does with its arguments. */

/** On a loaded machine a window takes its time. */
const SHOWN_MS = 30_000;

async function writePhotos(folder: string): Promise<void> {
  await writeGeneratedLibrary(folder, { classes: 2, perClass: 12, seed: 3, width: 160, height: 120 });
}

test('a missing folder is told inside the window', async ({ session }) => {
  const missing = join(session.place.folder, 'not here');
  const kindred = await session.open([missing]);
  await expect(kindred.page.getByText(/not here/).first()).toBeVisible({ timeout: SHOWN_MS });
  expect(await kindred.page.getByText(/at .*\.js:\d+/).count()).toBe(0);
});

test('a flag and its value are not the folder; a second start hands over its folder', async ({ session }) => {
  const [first, second] = [join(session.place.folder, 'First'), join(session.place.folder, 'Second')];
  await writePhotos(first);
  await writePhotos(second);
  const kindred = await session.open(['--library', join(session.place.folder, 'library'), first]);
  await expect(kindred.page).toHaveTitle(/First/, { timeout: SHOWN_MS });
  expect(existsSync(join(session.place.folder, 'library'))).toBe(true);
  const other = spawnWindow(session.place, [second]);
  expect(await other.ended).toBe(0);
  await expect(kindred.page).toHaveTitle(/Second/, { timeout: SHOWN_MS });
  const numWindows = await kindred.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(numWindows).toBe(1);
});
