import type { Locator, Page } from '@playwright/test';

import { expect } from './kindred-page';
import { PER_CLASS, test } from './learned-library';
import { card, facts, menuItem, openByKeys, openByMouse, railLink, toolbar, undoAndRedo } from './on-screen';

/** @file What follows from a correction, and the question queue: each by mouse and by the keys alone. */

const NUM_MIXED = 2 * PER_CLASS;
const offer = (page: Page): Locator => page.getByText(/other photos? looks? as if/);
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'What would follow from your corrections' });
const region = (page: Page): Locator => page.getByRole('region', { name: 'Question' });
const numberIn = async (locator: Locator): Promise<number> =>
  Number(/\d+/.exec((await locator.textContent()) ?? '')?.[0]);
/** What the cell under the keyboard is called. */
async function focusedLabel(page: Page): Promise<string> {
  const id = await page.getByRole('grid').getAttribute('aria-activedescendant');
  return (await page.locator(`[id="${id}"]`).getAttribute('aria-label')) ?? '';
}
/** The pictures of the question on screen. */
const sources = (page: Page): Promise<string[]> =>
  region(page)
    .locator('img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('src') ?? ''));
const noise = (page: Page, index: number): Locator =>
  page.getByRole('gridcell', { name: new RegExp(`^noise-0*${index}\\.`) });
/** The noise first, wherever learning put it: a grid holds only the cells that are seen. */
async function sortByName(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Sort photos' }).selectOption('File name');
}

test.beforeEach(async ({ page, host }) => {
  await page.goto(host.address);
  await expect(card(page, 'Stripes')).toBeVisible();
});

test('what follows from a correction is looked at, accepted and undone with the mouse', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await expect(facts(page, NUM_MIXED)).toBeVisible();
  await sortByName(page);
  await noise(page, 0).click();
  for (const index of [1, 2]) await noise(page, index).click({ modifiers: ['Control'] });
  await toolbar(page).getByRole('button', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name of the new group' }).fill('Noise');
  await page.getByRole('button', { name: 'Make the group' }).click();

  // Only the corrected photos move; what would follow is offered.
  await expect(facts(page, NUM_MIXED - 3)).toBeVisible();
  await expect(offer(page)).toBeVisible();
  const numOffered = await numberIn(offer(page));
  expect(numOffered).toBeGreaterThan(2);
  await page.screenshot({ path: 'test-results/follow-offer.png' });
  await page.getByRole('button', { name: 'Look', exact: true }).click();
  await expect(dialog(page)).toContainText('To “Noise”');
  await page.screenshot({ path: 'test-results/follow-dialog.png' });
  await dialog(page)
    .getByRole('button', { name: /^Move photo 1 of / })
    .click();
  await dialog(page)
    .getByRole('button', { name: `Move ${numOffered - 1} photos` })
    .click();
  await expect(railLink(page, 'Noise')).toHaveText(new RegExp(`${numOffered + 2}$`));
  await expect(page.getByText(`${numOffered - 1} photos followed your corrections`)).toBeVisible();
  await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
  await expect(railLink(page, 'Noise')).toHaveText(/3$/);
  await page.getByRole('banner').getByRole('button', { name: 'Redo' }).click();
  await expect(railLink(page, 'Noise')).toHaveText(new RegExp(`${numOffered + 2}$`));
});

test('what follows from a correction is looked at, accepted and undone with the keys', async ({ page }) => {
  await openByKeys(page, 'Stripes');
  // The noise lies among the stripes: Ctrl+Space picks it wherever the arrows meet it.
  for (let numPicked = 0, at = 0; numPicked < 3; at++) {
    if ((await focusedLabel(page)).startsWith('noise-')) {
      await page.keyboard.press('Control+Space');
      await expect(toolbar(page)).toContainText(`${++numPicked} selected`);
    }
    await page.keyboard.press('Control+ArrowRight');
    await expect.poll(() => focusedLabel(page)).toContain(`, ${at + 2} of `);
  }
  await page.keyboard.press('n');
  await page.keyboard.type('Noise');
  await page.keyboard.press('Enter');
  await expect(offer(page)).toBeVisible();
  await page.keyboard.press('f');
  await expect(dialog(page)).toBeVisible();
  const accept = dialog(page).getByRole('button', { name: /^Move \d+ photos$/ });
  await expect(accept).toBeFocused();
  const numOffered = await numberIn(accept);
  await page.keyboard.press('Enter');
  await undoAndRedo(
    page,
    'keys',
    railLink(page, 'Noise').getByText('3', { exact: true }),
    railLink(page, 'Noise').getByText(String(numOffered + 3), { exact: true }),
  );
});

for (const how of ['mouse', 'keys'] as const) {
  test(`questions are answered yes, no and not sure, and an answer is undone: ${how}`, async ({ page }) => {
    const answers = {
      yes: ['Enter', /^Yes, together/],
      no: ['Delete', /^No Del/],
      unsure: ['ArrowRight', /^Not sure/],
    } as const;
    const answer = async (name: keyof typeof answers): Promise<void> => {
      const asked = await sources(page);
      if (how === 'keys') await page.keyboard.press(answers[name][0]);
      else await region(page).getByRole('button', { name: answers[name][1] }).click();
      await expect.poll(() => sources(page)).not.toEqual(asked);
    };
    if (how === 'keys') await page.keyboard.press('r');
    else await page.getByRole('button', { name: 'Answer questions' }).click();
    await expect(region(page)).toContainText('Do these belong together?');
    const first = await sources(page);
    await page.screenshot({ path: 'test-results/question.png' });

    await answer('no');
    await expect(page.getByText('1 answered')).toBeVisible();
    await expect(page.getByText(/^Answered/)).toBeVisible();
    await answer('yes');
    await expect(page.getByText('2 answered')).toBeVisible();
    await answer('unsure');
    await expect(page.getByText('Left open')).toBeVisible();
    await expect(page.getByText('3 answered')).toBeVisible();

    // An answer that is undone is asked again.
    for (const numLeft of [2, 1, 0]) {
      if (how === 'keys') await page.keyboard.press('Control+z');
      else await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
      await expect(
        page.getByText(numLeft > 0 ? `${numLeft} answered` : 'The most telling question first'),
      ).toBeVisible();
    }
    await expect.poll(() => sources(page)).toEqual(first);
  });
}

test('learning again keeps names and corrections', async ({ page }) => {
  await openByMouse(page, 'Stripes');
  await sortByName(page);
  await noise(page, 0).click();
  for (const index of [1, 2, 3, 4, 5]) await noise(page, index).click({ modifiers: ['Control'] });
  await page.keyboard.press('n');
  await page.keyboard.type('Noise');
  await page.keyboard.press('Enter');
  await expect(railLink(page, 'Noise')).toHaveText(/6$/);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await menuItem(page, /^Learn again with my corrections 6 new/).click();
  const question = page.getByRole('dialog', { name: 'Learn again with your corrections?' });
  await expect(question).toContainText('6 new corrections');
  await question.getByRole('button', { name: 'Learn again' }).click();
  const run = page.getByRole('region', { name: 'Run' });
  await expect(run).toContainText('Done', { timeout: 200_000 });

  await railLink(page, 'Noise').click();
  await expect(page.getByRole('gridcell', { name: /^noise-.*placed by you/ })).toHaveCount(6);
  for (const name of ['Stripes', 'Discs']) await expect(railLink(page, name)).toBeVisible();
  await expect(run.getByRole('button', { name: /^Learn again/ })).toHaveCount(0);
});
