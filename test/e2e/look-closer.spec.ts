import { join } from 'node:path';

import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { expect, openFolder, runIsDone, test } from './kindred-page';
import { menuItem } from './on-screen';

/** @file Another network, from the menu: a real run with it keeps names, and the way back is offered. */

test('looks quickly, keeps names, and offers the closer look again', async ({ page, host }) => {
  test.setTimeout(300_000);
  const photos = join(host.folder, 'photos');
  await writeGeneratedLibrary(photos, { classes: 3, perClass: 24, seed: 31 });
  await openFolder(page, host.address, photos);
  await runIsDone(page, 120_000);
  await page.getByRole('list', { name: 'Groups' }).getByRole('link').first().focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Kept');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: /^Kept/ })).toBeVisible();

  const more = page.getByRole('button', { name: 'More', exact: true });
  await more.click();
  await menuItem(page, 'Look quickly').click();
  const question = page.getByRole('dialog', { name: 'Look at your photos more quickly?' });
  await expect(question).toContainText('groups with a name stay');
  await question.getByRole('button', { name: 'Look quickly' }).click();
  await expect(page.getByRole('region', { name: 'Run' })).not.toContainText('Done');
  await runIsDone(page, 120_000);
  await expect(page.getByRole('link', { name: /^Kept/ })).toBeVisible();

  await more.click();
  await expect(menuItem(page, 'Look closer')).toBeVisible();
  await menuItem(page, 'Run report').click();
  await expect(page.getByRole('main')).toContainText('efficientnet-lite0');
});
