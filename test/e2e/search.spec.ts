import type { Locator, Page } from '@playwright/test';

import { expect } from './kindred-page';
import { card, cell, facts, openByKeys, openByMouse, railLink } from './on-screen';
import { test } from './scanned-library';

/** @file Finding photos and sorting them, by mouse and by the keys alone. */

const hits = (page: Page): Locator => page.getByRole('region', { name: 'Photos' });
const field = (page: Page): Locator => page.getByRole('searchbox');

test.beforeEach(async ({ page, host }) => {
  await page.goto(host.address);
  await expect(card(page, 'Stripes')).toBeVisible();
});

test('photos are found by file name with the mouse, and moved from what was found', async ({ page }) => {
  await field(page).click();
  await field(page).fill('checks-00');
  await expect(hits(page).getByRole('listitem')).toHaveCount(4);
  await expect(card(page, 'Stripes')).toHaveCount(0);
  await page.screenshot({ path: 'test-results/search.png' });
  await hits(page).getByRole('link', { name: 'Show all 4 photos' }).click();
  await expect(page.getByRole('grid', { name: 'Photos for “checks-00”' })).toBeVisible();
  await expect(cell(page, 0)).toBeVisible();
  await cell(page, 0).dragTo(railLink(page, 'Discs'));
  await expect(railLink(page, 'Discs')).toHaveText(/11$/);
  await page.screenshot({ path: 'test-results/search-photos.png' });
});

test('groups and photos are found with the keys', async ({ page }) => {
  await page.keyboard.press('Control+f');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('discs');
  await expect(card(page, 'Discs')).toBeVisible();
  await expect(card(page, 'Stripes')).toHaveCount(0);
  await expect(hits(page).getByRole('link', { name: 'Show all 10 photos' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Photos for “discs”' })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('zebra');
  await expect(page.getByText('Nothing found for “zebra”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card(page, 'Stripes')).toBeVisible();
});

for (const how of ['mouse', 'keys'] as const) {
  test(`the photos of a group are sorted: ${how}`, async ({ page }) => {
    await (how === 'mouse' ? openByMouse : openByKeys)(page, 'Stripes');
    await expect(facts(page, 12)).toBeVisible();
    const select = page.getByRole('combobox', { name: 'Sort photos' });
    if (how === 'mouse') await select.selectOption('Last added first');
    else {
      await select.focus();
      await page.keyboard.press('End');
    }
    await expect(cell(page, 0)).toHaveAttribute('aria-label', /^stripes-011/);
    if (how === 'mouse') await select.selectOption('File name');
    else {
      await select.focus();
      await page.keyboard.press('F');
    }
    await expect(cell(page, 0)).toHaveAttribute('aria-label', /^stripes-000/);
    await expect(cell(page, 11)).toHaveAttribute('aria-label', /^stripes-011/);
  });
}
