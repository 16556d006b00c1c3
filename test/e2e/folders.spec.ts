import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { expect, openFolder, test, typePath } from './kindred-page';

/** @file Folders that go, come back, move and grow while the page is open. */

const PER_CLASS = 40;
const NUM_PHOTOS = 3 * PER_CLASS;

const run = (page: Page) => page.getByRole('region', { name: 'Run' });
const summary = (page: Page, numPhotos: number) =>
  page.getByRole('main').getByText(new RegExp(`^${numPhotos} photos in \\d+ group`));
const banner = (page: Page) => page.getByText(/is not connected/);
const isLoaded = (image: SVGElement | HTMLElement): boolean =>
  image instanceof HTMLImageElement && image.naturalWidth > 0;

test('a folder is pulled away in the middle, put back, emptied, moved and grows', async ({ page, host }) => {
  // Several runs, one after the other.
  test.setTimeout(600_000);
  const photos = join(host.folder, 'photos');
  const away = join(host.folder, 'away');
  // Large enough that reading them takes longer than noticing that it began.
  await writeGeneratedLibrary(photos, { classes: 3, perClass: PER_CLASS, seed: 21, width: 1280, height: 960 });
  await openFolder(page, host.address, photos);

  // In the middle of the first run: what was not read is no problem file, and is read when the folder is back.
  await expect(run(page)).toContainText(new RegExp(`[1-9]\\d* of ${NUM_PHOTOS}`), { timeout: 120_000 });
  renameSync(photos, away);
  await expect(banner(page)).toBeVisible({ timeout: 60_000 });
  await expect(run(page).getByRole('button', { name: /^Start/ })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('button', { name: /problem file/ })).toHaveCount(0);
  renameSync(away, photos);
  await expect(banner(page)).toBeHidden({ timeout: 60_000 });
  await expect(run(page)).toContainText('Done', { timeout: 240_000 });
  await expect(summary(page, NUM_PHOTOS)).toBeVisible();

  // Unplugged: groups, names and small pictures stay usable.
  const card = page.getByRole('list', { name: 'Groups' }).getByRole('link').first();
  renameSync(photos, away);
  await expect(banner(page)).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(summary(page, NUM_PHOTOS)).toBeVisible();
  await expect.poll(() => card.locator('img').first().evaluate(isLoaded)).toBe(true);
  await card.focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Named while away');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /^Named while away/ })).toBeVisible();
  await page.screenshot({ path: 'test-results/offline.png' });

  // The mount point is still there, empty: looking for photos deletes nothing.
  mkdirSync(photos);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Look for new photos' }).click();
  await expect(run(page)).toContainText('Done', { timeout: 240_000 });
  await expect(banner(page)).toBeVisible();
  await expect(summary(page, NUM_PHOTOS)).toBeVisible();
  rmSync(photos, { recursive: true });

  // It was moved: a folder with other photos is refused, the right one is taken.
  const other = join(host.folder, 'other');
  await writeGeneratedLibrary(other, { classes: 1, perClass: 2, seed: 5 });
  await page.getByRole('button', { name: 'This folder has moved. Choose its new location' }).click();
  const chooser = page.getByRole('dialog', { name: 'Choose where the folder is now' });
  await typePath(chooser, other);
  // A run that has just ended may still be on its way out.
  await expect(async () => {
    await chooser.getByRole('button', { name: 'Use this folder' }).click();
    await expect(chooser.getByText(/photos looked for in .* there/).last()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
  await typePath(chooser, away);
  await chooser.getByRole('button', { name: 'Use this folder' }).click();
  await expect(chooser).toBeHidden();
  await expect(banner(page)).toBeHidden();
  await expect(page.getByRole('link', { name: /^Named while away/ })).toBeVisible();

  // Files that move inside the library stay the same photos, and new ones are noticed by themselves.
  const [className] = readdirSync(away);
  renameSync(join(away, className!), join(away, 'renamed folder ü'));
  const [file] = readdirSync(join(other, readdirSync(other)[0]!));
  copyFileSync(join(other, readdirSync(other)[0]!, file!), join(away, 'new.jpg'));
  await expect(summary(page, NUM_PHOTOS + 1)).toBeVisible({ timeout: 240_000 });
  await expect(run(page)).toContainText('Done', { timeout: 240_000 });
  await expect(page.getByRole('link', { name: /^Named while away/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /problem file/ })).toHaveCount(0);
});
