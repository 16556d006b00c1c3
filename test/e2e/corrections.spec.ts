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

/** @file Every correction, once with the mouse and once with the keys alone. See {@link laidOut} for what is where. */

test.beforeEach(async ({ page, host }) => {
  await page.goto(host.address);
  await expect(card(page, 'Stripes')).toBeVisible();
});

test('a group is renamed with the mouse, on its card and on its page', async ({ page }) => {
  await card(page, 'Discs').hover();
  const item = page.getByRole('listitem', { name: /^Discs/ });
  await item.getByRole('button', { name: 'Rename' }).click();
  await page.keyboard.type('Round things');
  await card(page, 'Stripes').hover();
  await page.getByRole('heading', { level: 1 }).click();
  await undoAndRedo(page, 'mouse', card(page, 'Discs'), card(page, 'Round things'));
  await openByMouse(page, 'Round things');
  await page.getByRole('button', { name: /^Group name/ }).click();
  await page.getByRole('textbox', { name: 'Group name' }).fill('Discs again');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Group name: Discs again' })).toBeVisible();
});

test('a group is renamed with the keys, and Escape keeps the name', async ({ page }) => {
  await goToCard(page, 'Discs');
  await page.keyboard.press('F2');
  await page.keyboard.type('Nothing');
  await page.keyboard.press('Escape');
  await expect(card(page, 'Discs')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Round things');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Round things')).toBeFocused();
  await undoAndRedo(page, 'keys', card(page, 'Discs'), card(page, 'Round things'));
  await openByKeys(page, 'Round things');
  await page.keyboard.press('F2');
  await page.keyboard.type('Discs again');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Group name: Discs again' })).toBeVisible();
  await expect(page.getByRole('grid')).toBeFocused();
});

for (const { key, becomes } of [
  { key: 'p', becomes: 'the first' },
  { key: 'h', becomes: 'hidden' },
]) {
  test(`a name that is being typed stays in hand when its group becomes ${becomes}`, async ({ page, host }) => {
    const other = await page.context().newPage();
    await other.goto(host.address);
    await goToCard(page, 'Discs');
    await page.keyboard.press('F2');
    await page.keyboard.type('Round ');
    await goToCard(other, 'Discs');
    await other.keyboard.press(key);
    // This window has heard of it.
    await expect(page.getByRole('banner').getByRole('button', { name: 'Undo' })).toBeEnabled();
    await expect(page.getByRole('textbox', { name: 'Group name' })).toBeFocused();
    await page.keyboard.type('things');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Named “Round things”').first()).toBeVisible();
    await expect(page.getByRole('list', { name: 'Groups' }).getByRole('link').first()).toHaveAccessibleName(
      key === 'p' ? /^Round things,/ : /^Stripes,/,
    );
    await expect(card(page, 'Discs')).toBeHidden();
  });
}

test('a selection is moved by dragging it to a group', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await cell(page, 0).click();
  await cell(page, 2).click({ modifiers: ['Shift'] });
  await expect(toolbar(page)).toContainText('3 selected');
  await cell(page, 1).dragTo(railLink(page, 'Discs'));
  await undoAndRedo(page, 'mouse', facts(page, 12), facts(page, 9));
  await expect(railLink(page, 'Discs')).toHaveText(/13$/);
});

test('a photo is moved from its menu', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await cell(page, 3).click({ button: 'right' });
  await menuItem(page, /^Discs/).click();
  await expect(facts(page, 11)).toBeVisible();
  await cell(page, 0).click({ button: 'right' });
  await menuItem(page, /^Move to…/).click();
  await page.getByRole('option', { name: /^Discs/ }).click();
  await undoAndRedo(page, 'mouse', facts(page, 11), facts(page, 10));
});

test('a selection is moved with the keys, by name and by number', async ({ page }) => {
  await openByKeys(page, 'Stripes');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('m');
  await expect(page.getByRole('combobox', { name: 'Group' })).toBeFocused();
  await page.keyboard.type('disc');
  await page.keyboard.press('Enter');
  await undoAndRedo(page, 'keys', facts(page, 12), facts(page, 10));
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('1');
  await undoAndRedo(page, 'keys', facts(page, 10), facts(page, 9));
  await expect(railLink(page, 'Discs')).toHaveText(/13$/);
});

test('photos are removed from a group with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await cell(page, 0).click();
  await cell(page, 4).click({ modifiers: ['Control'] });
  await toolbar(page).getByRole('button', { name: 'Remove from group' }).click();
  await undoAndRedo(page, 'mouse', facts(page, 12), facts(page, 10));
  await expect(railLink(page, 'Unsorted')).toHaveText(/6$/);
});

test('photos are removed from a group with the keys, and the keyboard stays where it was', async ({ page }) => {
  await openByKeys(page, 'Stripes');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Delete');
  await undoAndRedo(page, 'keys', facts(page, 12), facts(page, 11));
  await page.keyboard.press('Delete');
  await expect(facts(page, 10)).toBeVisible();
  await expect(railLink(page, 'Unsorted')).toHaveText(/6$/);
});

test('photos are confirmed with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await cell(page, 11).click();
  await toolbar(page).getByRole('button', { name: 'Confirm' }).click();
  await undoAndRedo(page, 'mouse', page.getByText(/ 10 sure, 2 unsure/), page.getByText(/ 11 sure, 1 unsure/));
  await expect(page.getByRole('gridcell', { name: /placed by you/ })).toHaveCount(1);
});

test('photos are confirmed with the keys', async ({ page }) => {
  await openByKeys(page, 'Stripes');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('c');
  await undoAndRedo(page, 'keys', page.getByText(/ 10 sure, 2 unsure/), page.getByText(/ 12 sure(?!, )/));
  await expect(page.getByRole('gridcell', { name: /placed by you/ })).toHaveCount(2);
});

test('a new group is made from a selection with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await cell(page, 0).click();
  await cell(page, 1).click({ modifiers: ['Shift'] });
  await toolbar(page).getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name of the new group' }).fill('Wide stripes');
  await page.getByRole('button', { name: 'Make the group' }).click();
  await undoAndRedo(page, 'mouse', facts(page, 12), facts(page, 10));
  await expect(railLink(page, 'Wide stripes')).toHaveText(/2$/);
});

test('a new group is made from a selection with the keys', async ({ page }) => {
  await openByKeys(page, 'Stripes');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('n');
  await page.keyboard.type('Wide stripes');
  await page.keyboard.press('Enter');
  await undoAndRedo(page, 'keys', facts(page, 12), facts(page, 10));
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(railLink(page, 'Wide stripes')).toHaveText(/2$/);
});

test('a group is merged by dragging it onto another; two names are asked about', async ({ page }) => {
  await card(page, 'Unnamed').dragTo(card(page, 'Discs'));
  await undoAndRedo(
    page,
    'mouse',
    page.getByRole('link', { name: 'Discs, 10 photos' }),
    page.getByRole('link', { name: 'Discs, 18 photos' }),
  );
  await card(page, 'Discs').dragTo(card(page, 'Stripes'));
  const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await expect(question).toContainText('“Discs” (18 photos) goes into “Stripes” (12 photos)');
  await question.getByRole('button', { name: 'Merge into “Stripes”' }).click();
  await expect(page.getByRole('link', { name: 'Stripes, 30 photos' })).toBeVisible();
});

test('a group is merged from its menu', async ({ page }) => {
  await card(page, 'Unnamed').hover();
  await page.getByRole('button', { name: 'More for unnamed group' }).click();
  await menuItem(page, /^Merge into…/).click();
  await page.getByRole('option', { name: /^Discs/ }).click();
  await expect(page.getByRole('link', { name: 'Discs, 18 photos' })).toBeVisible();
});

test('a group is merged with the keys', async ({ page }) => {
  await goToCard(page, 'Unnamed');
  await page.keyboard.press('m');
  await page.keyboard.type('disc');
  await page.keyboard.press('Enter');
  await undoAndRedo(
    page,
    'keys',
    page.getByRole('link', { name: 'Discs, 10 photos' }),
    page.getByRole('link', { name: 'Discs, 18 photos' }),
  );
});

test('a group is hidden and shown again with the mouse', async ({ page }) => {
  await card(page, 'Discs').hover();
  await page.getByRole('button', { name: 'More for Discs' }).click();
  await menuItem(page, 'Hide').click();
  await undoAndRedo(page, 'mouse', card(page, 'Discs'), page.getByRole('button', { name: '1 hidden group' }));
  await expect(card(page, 'Discs')).toBeHidden();
  await page.getByRole('button', { name: '1 hidden group' }).click();
  await page.getByRole('button', { name: 'Show again' }).click();
  await expect(card(page, 'Discs')).toBeVisible();
});

test('a group is hidden and shown again with the keys', async ({ page }) => {
  await goToCard(page, 'Discs');
  await page.keyboard.press('h');
  await expect(page.getByRole('list', { name: 'Groups' }).locator('a:focus')).toHaveCount(1);
  await undoAndRedo(page, 'keys', card(page, 'Discs'), page.getByRole('button', { name: '1 hidden group' }));
  await page.getByRole('button', { name: '1 hidden group' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Show again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(card(page, 'Discs')).toBeVisible();
});

for (const how of ['mouse', 'keys'] as const) {
  test(`a group is pinned to the front: ${how}`, async ({ page }) => {
    const first = page.getByRole('list', { name: 'Groups' }).getByRole('link').first();
    await expect(first).toHaveAccessibleName(/^Stripes/);
    if (how === 'mouse') {
      await card(page, 'Unnamed').hover();
      await page.getByRole('button', { name: 'More for unnamed group' }).click();
      await menuItem(page, 'Pin to the front').click();
      await page.getByRole('heading', { level: 1 }).hover();
    } else {
      await goToCard(page, 'Unnamed');
      await page.keyboard.press('p');
    }
    await expect(first).toHaveAccessibleName(/^Unnamed/);
    if (how === 'keys') {
      await expect(first).toBeFocused();
      await page.keyboard.press('Control+z');
    } else await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
    await expect(first).toHaveAccessibleName(/^Stripes/);
  });

  test(`a photo is chosen as the cover: ${how}`, async ({ page }) => {
    const cover = card(page, 'Stripes').locator('img').first();
    const before = await cover.getAttribute('src');
    if (how === 'mouse') {
      await openByMouse(page, 'Stripes');
      await cell(page, 5).click();
      await toolbar(page).getByRole('button', { name: 'Use as cover' }).click();
      await expect(page.getByText('Cover changed')).toBeVisible();
      await page.getByRole('button', { name: /: all groups$/ }).click();
    } else {
      await openByKeys(page, 'Stripes');
      for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Shift+C');
      await expect(page.getByText('Cover changed')).toBeVisible();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
    await expect(cover).not.toHaveAttribute('src', before!);
    await page.keyboard.press('Control+z');
    await expect(cover).toHaveAttribute('src', before!);
  });
}

test('the menu of a photo and the menu of a group open with the keys', async ({ page }) => {
  await goToCard(page, 'Discs');
  await page.keyboard.press('Shift+F10');
  await expect(menuItem(page, 'Hide')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(card(page, 'Discs')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+F10');
  await expect(menuItem(page, /^Remove from group/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid')).toBeFocused();
});

test('what was done is still there, and still undone in order, after a restart of the page', async ({ page }) => {
  await openByKeys(page, 'Stripes');
  await page.keyboard.press('Delete');
  await expect(facts(page, 11)).toBeVisible();
  await page.reload();
  await expect(facts(page, 11)).toBeVisible();
  await page.getByRole('button', { name: 'Activity' }).click();
  await expect(page.getByRole('complementary', { name: 'Activity' })).toContainText('Removed 1 photo from “Stripes”');
  await page.keyboard.press('Control+z');
  await expect(facts(page, 12)).toBeVisible();
});
