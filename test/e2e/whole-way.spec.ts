import { readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { folderState, sha256Of } from '../helpers/folder-state';
import { writeGeneratedLibrary } from '../helpers/generated-pictures';
import { test } from './driver';
import { expect, runIsDone } from './kindred-page';

test('folder → progress → groups → rename → move → undo → export → the same files on disk', async ({ driver }) => {
  const { page, folder } = driver;
  const photos = join(folder, 'My photos ü');
  await writeGeneratedLibrary(photos, { classes: 3, perClass: 24, seed: 21 });
  const before = folderState(photos);

  await expect(page).not.toHaveURL(/token/);
  await driver.chooseFolder(page.getByRole('button', { name: 'Choose a folder' }).first(), {
    path: photos,
    dialog: 'Choose a folder',
    accept: 'Open this folder',
  });

  const run = page.getByRole('region', { name: 'Run' });
  await expect(run).toContainText(/of 72/, { timeout: 30_000 });
  const groups = page.getByRole('list', { name: 'Groups' }).getByRole('link');
  await runIsDone(page, 180_000);
  expect(await groups.count()).toBeGreaterThanOrEqual(2);
  await page.screenshot({ path: 'test-results/groups.png' });
  const first = groups.first();
  const unnamed = await first.getAttribute('aria-label');
  await first.focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Stripes & more');
  await page.keyboard.press('Enter');
  const named = page.getByRole('link', { name: /^Stripes & more, \d+ photos/ });
  await expect(named).toBeVisible();
  expect(unnamed).not.toContain('Stripes');

  await named.click();
  await expect(
    page
      .getByRole('button', { name: 'Group name' })
      .or(page.getByRole('heading', { name: 'Stripes & more' }))
      .first(),
  ).toBeVisible();
  await page.screenshot({ path: 'test-results/group.png' });
  const photo = page.getByRole('gridcell').nth(1);
  await photo.click();
  const selection = page.getByRole('toolbar', { name: 'Selection' });
  const title = page.getByText(/^\d+ photos · /);
  const count = await title.textContent();
  await selection.getByRole('button', { name: 'Move to…' }).click();
  const move = page.getByRole('dialog', { name: 'Move to a group' });
  await move.getByRole('combobox', { name: 'Group' }).fill('Moved here');
  await page.getByRole('option', { name: /Moved here/ }).click();
  await expect(title).not.toHaveText(count!);
  await expect(page.getByRole('link', { name: /^Moved here/ })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(title).toHaveText(count!);
  await page.getByRole('button', { name: 'Redo' }).first().click();
  await expect(page.getByRole('link', { name: /^Moved here/ })).toBeVisible();

  await page.getByRole('button', { name: 'Export' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const destination = join(folder, 'sorted');
  await dialog.getByRole('textbox', { name: 'Destination folder' }).fill(destination);
  await dialog.getByRole('button', { name: 'Show the plan' }).click();
  await expect(dialog).toContainText('Stripes & more');
  await page.screenshot({ path: 'test-results/plan.png' });
  expect(() => readdirSync(destination)).toThrow();
  await dialog.getByRole('button', { name: /Export \d+ photos/ }).click();
  await expect(dialog).toContainText(/(\d+) of \1 photos written and verified/, { timeout: 30_000 });
  await page.screenshot({ path: 'test-results/exported.png' });

  const hashes = new Set(Object.values(before).map((file) => file.sha256));
  const written = readdirSync(destination, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(written.length).toBeGreaterThan(60);
  for (const entry of written) expect(hashes).toContain(sha256Of(join(entry.parentPath, entry.name)));
  expect(readdirSync(destination)).toContain('Stripes & more');
  expect(folderState(photos)).toEqual(before);

  await dialog.getByRole('button', { name: 'Done' }).click();
  const menu = page.getByRole('button', { name: 'More', exact: true });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Check the originals' }).click();
  const proof = page.getByRole('dialog', { name: 'Check the originals' });
  await expect(proof).toContainText('72 of 72 photos are unchanged');
  await page.screenshot({ path: 'test-results/proof.png' });
  await proof.getByRole('button', { name: 'Done' }).click();

  // Sorted further by hand, in a file manager: the change comes back as a correction.
  const [from, to] = ['Stripes & more', 'Moved here'].map((name) => join(destination, name)) as [string, string];
  const [sorted] = readdirSync(from) as [string];
  renameSync(join(from, sorted), join(to, sorted));
  await menu.click();
  await driver.chooseFolder(page.getByRole('menuitem', { name: 'Take names from a folder…' }), {
    path: destination,
    dialog: 'Take names from a folder',
    accept: 'Use this folder',
  });
  // A message stands in the page and, as long as a dialog is open, in the dialog: only one of them is seen.
  await expect(page.getByRole('region', { name: 'Messages' }).getByText(/photos? placed/)).toBeVisible();
  await expect(page.getByRole('link', { name: /^Moved here 2/ })).toBeVisible();
});
