import { appendFileSync, copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { expect } from './kindred-page';
import {
  card,
  cell,
  facts,
  goToCard,
  menuItem,
  openByKeys,
  openByMouse,
  railLink,
  toolbar,
  undoAndRedo,
} from './on-screen';
import { test } from './scanned-library';

/** @file Split, together, apart, taking one entry back, what a run changed: each by mouse and by the keys alone. */

const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });
const parts = (page: Page): Locator => dialog(page, /^Split/).getByRole('listitem', { name: /^Part/ });
const activity = (page: Page): Locator => page.getByRole('complementary', { name: 'Activity' });
const tray = (page: Page, count: number): Locator =>
  page.getByRole('link', { name: new RegExp(`^Unsorted ${count} photo`) });

test.beforeEach(async ({ page, host }) => {
  await page.goto(host.address);
  await expect(card(page, 'Stripes')).toBeVisible();
});

/** Selects photos with Ctrl and the mouse. */
async function pick(page: Page, first: number, ...others: number[]): Promise<void> {
  await cell(page, first).click();
  for (const index of others) await cell(page, index).click({ modifiers: ['Control'] });
}

/** Selects the first photos of the grid with the keys. */
async function pickFirst(page: Page, count: number): Promise<void> {
  await page.keyboard.press('Home');
  if (count === 1) await page.keyboard.press('Control+Space');
  for (let index = 1; index < count; index++) await page.keyboard.press('Shift+ArrowRight');
  await expect(toolbar(page)).toContainText(`${count} selected`);
}

test('a group is split with the mouse, and nothing changes before it is accepted', async ({ page }) => {
  await card(page, 'Stripes').hover();
  await page.getByRole('button', { name: 'More for Stripes' }).click();
  await menuItem(page, /^Split…/).click();
  await expect(parts(page).first()).toBeVisible();
  await dialog(page, /^Split/)
    .getByText('3', { exact: true })
    .click();
  await expect(parts(page)).toHaveCount(3);
  await dialog(page, /^Split/)
    .getByText('2', { exact: true })
    .click();
  await expect(parts(page)).toHaveCount(2);
  await page.screenshot({ path: 'test-results/split.png' });
  await dialog(page, /^Split/)
    .getByRole('button', { name: 'Cancel' })
    .click();
  await expect(page.getByRole('link', { name: /^Stripes, 12 photos/ })).toBeVisible();
  await openByMouse(page, 'Stripes');
  await page.getByRole('button', { name: 'Split…' }).click();
  await expect(parts(page).first()).toBeVisible();
  await dialog(page, /^Split/)
    .getByText('2', { exact: true })
    .click();
  await expect(parts(page)).toHaveCount(2);
  await page.getByRole('textbox', { name: 'Name of part 2' }).fill('Other stripes');
  await page.getByRole('button', { name: 'Split into 2' }).click();
  await undoAndRedo(page, 'mouse', facts(page, 12), railLink(page, 'Other stripes'));
});

test('a group is split with the keys', async ({ page }) => {
  await goToCard(page, 'Discs');
  await page.keyboard.press('s');
  await expect(parts(page).first()).toBeVisible();
  await expect(page.locator(':focus')).toHaveAttribute('type', 'radio');
  for (let steps = 0; (await parts(page).count()) !== 4 && steps < 8; steps++) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('status').filter({ hasText: /parts: / })).toBeAttached();
  }
  await expect(parts(page)).toHaveCount(4);
  await page.keyboard.press('Enter');
  await expect(dialog(page, /^Split/)).toHaveCount(0);
  const smaller = page.getByRole('link', { name: /^Discs, [1-9] photo/ });
  await undoAndRedo(page, 'keys', page.getByRole('link', { name: /^Discs, 10 photos/ }), smaller);
});

test('a group is split around chosen photos with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await pick(page, 0, 3, 6);
  await toolbar(page).getByRole('button', { name: 'More for the selection' }).click();
  await menuItem(page, /^Split around these/).click();
  await expect(parts(page)).toHaveCount(3);
  const second = parts(page).nth(1);
  await second.getByRole('button', { name: 'Keep “Stripes” here' }).click();
  await page.getByRole('button', { name: 'Split into 3' }).click();
  const fewer = page.getByText(/^([1-9]|10) photos? · /);
  await undoAndRedo(page, 'mouse', facts(page, 12), fewer);
});

test('a group is split around chosen photos with the keys', async ({ page }) => {
  await openByKeys(page, 'Discs');
  await pickFirst(page, 2);
  await page.keyboard.press('s');
  await expect(parts(page)).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(dialog(page, /^Split/)).toHaveCount(0);
  await undoAndRedo(page, 'keys', facts(page, 10), page.getByText(/^[1-9] photos? · /));
});

test('photos are said to belong together with the mouse', async ({ page }) => {
  await tray(page, 4).click();
  await expect(cell(page, 0)).toBeVisible();
  await pick(page, 0, 1);
  await toolbar(page).getByRole('button', { name: 'More for the selection' }).click();
  await menuItem(page, /^These belong together/).click();
  await undoAndRedo(
    page,
    'mouse',
    railLink(page, 'Unsorted').getByText('4'),
    railLink(page, 'Unsorted').getByText('2'),
  );
});

test('photos are said to belong together with the keys', async ({ page }) => {
  await tray(page, 4).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeFocused();
  await pickFirst(page, 3);
  await page.keyboard.press('t');
  await undoAndRedo(page, 'keys', railLink(page, 'Unsorted').getByText('4'), railLink(page, 'Unsorted').getByText('1'));
});

test('photos are said to be different with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await pick(page, 0, 5, 7);
  await cell(page, 5).click({ button: 'right' });
  await menuItem(page, /^These are different/).click();
  await undoAndRedo(page, 'mouse', facts(page, 12), facts(page, 10));
});

test('photos are said to be different with the keys, and a contradiction is explained and settled', async ({
  page,
}) => {
  await openByKeys(page, 'Stripes');
  await pickFirst(page, 2);
  await page.keyboard.press('d');
  await expect(facts(page, 11)).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(facts(page, 12)).toBeVisible();
  // The one that left is back, but not selected any more.
  await expect(toolbar(page)).toContainText('1 selected');
  await pickFirst(page, 2);
  await page.keyboard.press('t');
  await expect(page.getByText('2 photos kept together')).toBeVisible();
  await page.keyboard.press('d');
  const question = dialog(page, 'You said something else before');
  await expect(question).toContainText('You said that these two belong together');
  await page.screenshot({ path: 'test-results/conflict.png' });
  await page.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  await expect(facts(page, 12)).toBeVisible();
  await page.keyboard.press('d');
  await expect(question).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await undoAndRedo(page, 'keys', facts(page, 12), facts(page, 11));
});

test('a contradiction is explained and settled with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  const say = async (what: RegExp): Promise<void> => {
    await toolbar(page).getByRole('button', { name: 'More for the selection' }).click();
    await menuItem(page, what).click();
  };
  await pick(page, 0, 1);
  await say(/^These belong together/);
  await expect(page.getByText('2 photos kept together')).toBeVisible();
  await say(/^These are different/);
  const question = dialog(page, 'You said something else before');
  await expect(question).toContainText('You said that these two belong together');
  await expect(question).toContainText('Which one does not belong with the others?');
  await question.getByRole('radio').first().check({ force: true });
  await question.getByRole('button', { name: 'They are different' }).click();
  await undoAndRedo(page, 'mouse', facts(page, 12), facts(page, 11));
});

/** Two edits of which the first can be taken back by itself, and one that a later one covers. */
async function doThings(page: Page): Promise<void> {
  await openByKeys(page, 'Stripes');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await expect(facts(page, 11)).toBeVisible();
  for (const name of ['Lines', 'Bars']) {
    await page.keyboard.press('F2');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Group name: ${name}` })).toBeVisible();
  }
}

test('one entry is taken back with the mouse, and another says why it cannot be', async ({ page }) => {
  await doThings(page);
  await page.getByRole('button', { name: 'Activity' }).click();
  const removed = activity(page)
    .getByRole('listitem')
    .filter({ hasText: /^Removed 1 photo/ });
  const covered = activity(page).getByRole('listitem').filter({ hasText: 'to “Lines”' });
  await covered.hover();
  await covered.getByRole('button').click();
  await expect(covered).toContainText('The group was changed again since.');
  await page.screenshot({ path: 'test-results/activity.png' });
  await removed.hover();
  await removed.getByRole('button', { name: /^Take back/ }).click();
  await expect(page.getByRole('button', { name: 'Group name: Bars' })).toBeVisible();
  await undoAndRedo(page, 'mouse', facts(page, 11), facts(page, 12));
});

test('one entry is taken back with the keys', async ({ page }) => {
  await doThings(page);
  await page.getByRole('button', { name: 'Activity' }).focus();
  await page.keyboard.press('Enter');
  const removed = activity(page)
    .getByRole('listitem')
    .filter({ hasText: /^Removed 1 photo/ });
  await removed.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(facts(page, 12)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Group name: Bars' })).toBeVisible();
});

test.describe('after another look at the photos', () => {
  let extra = '';

  test.beforeEach(async ({ page, scanned }) => {
    const [first] = readdirSync(join(scanned.photos, 'checks')).filter((name) => name.endsWith('.jpg'));
    extra = join(scanned.photos, 'checks', 'extra.jpg');
    copyFileSync(join(scanned.photos, 'checks', first!), extra);
    appendFileSync(extra, 'x');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await menuItem(page, 'Look for new photos').click();
    await expect(page.getByText(/The last look at your photos moved \d+ photos/)).toBeVisible({ timeout: 180_000 });
  });
  test.afterEach(() => rmSync(extra, { force: true }));

  test('what it changed is shown, and rejected or kept with the mouse', async ({ page }) => {
    await expect(card(page, 'Unnamed')).toHaveCount(0);
    await page.getByRole('main').getByRole('button', { name: 'See what changed' }).click();
    const gone = page.getByRole('listitem', { name: /^Unnamed: 8 before, 0 now/ });
    await expect(gone).toContainText('− 8 photos to Unsorted');
    await page.screenshot({ path: 'test-results/changes.png' });
    await page.getByRole('button', { name: 'Go back to how it was' }).click();
    await expect(page.getByText('You went back to how it was before.')).toBeVisible();
    await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Keep all of it' }).click();
    await expect(page.getByText('You kept these changes.')).toBeVisible();
    await page
      .getByRole('listitem', { name: /^Result of/ })
      .getByRole('button', { name: 'Show again' })
      .click();
    await page
      .getByRole('banner')
      .getByRole('button', { name: /all groups/ })
      .click();
    await expect(page.getByRole('link', { name: /^Unnamed, 8 photos/ })).toBeVisible();
  });

  test('one group is put back, and an earlier result shown, with the keys', async ({ page }) => {
    const named = page.getByRole('link', { name: /^Stripes, 12 photos/ });
    await expect(named).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'See what changed' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Put back: Unnamed' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listitem', { name: /^Unnamed: 8 before, 0 now/ })).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('listitem', { name: /^Unnamed: 8 before, 0 now/ })).toBeVisible();
    await page
      .getByRole('listitem', { name: /^Result of/ })
      .getByRole('button', { name: 'Show again' })
      .focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('You went back to how it was before.')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('button', { name: 'Keep all of it' })).toBeVisible();
  });
});

test('the right button opens the menu of a group where the pointer is, and letting it go chooses nothing', async ({
  page,
}) => {
  const box = (await card(page, 'Discs').boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'right' });
  const menu = page.getByRole('menu');
  await expect(menu).toBeVisible();
  const at = (await menu.boundingBox())!;
  expect(Math.abs(at.x - x)).toBeLessThan(12);
  expect(Math.abs(at.y - y)).toBeLessThan(12);
  // A hand that trembles lets go over an entry.
  await page.mouse.move(x + 20, y + 20);
  await page.mouse.up({ button: 'right' });
  await expect(menu).toBeVisible();
  await expect(card(page, 'Discs')).toBeAttached();
  await menuItem(page, /^Rename/).click();
  await expect(page.getByRole('textbox', { name: 'Group name' })).toBeFocused();
});
