import type { Locator, Page } from '@playwright/test';

import { expect } from './kindred-page';

/** @file Where things are on the screen, for tests that shape groups. */

export const card = (page: Page, name: string): Locator =>
  page.getByRole('link', { name: new RegExp(`^${name}, \\d+ photo`) });
export const cell = (page: Page, index: number): Locator => page.getByRole('gridcell').nth(index);
export const facts = (page: Page, count: number): Locator => page.getByText(new RegExp(`^${count} photos? · `));
export const railLink = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Groups' }).getByRole('link', { name: new RegExp(`^${name}`) });
export const toolbar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selection' });
export const menuItem = (page: Page, name: string | RegExp): Locator => page.getByRole('menuitem', { name });

/** From the first card by Home and arrows to the one that is asked for, then Enter. */
export async function goToCard(page: Page, name: string): Promise<void> {
  await page.getByRole('list', { name: 'Groups' }).getByRole('link').first().focus();
  await page.keyboard.press('Home');
  for (let steps = 0; steps < 4; steps++) {
    const label = await page.locator(':focus').getAttribute('aria-label');
    if (label?.startsWith(`${name},`)) return;
    await page.keyboard.press('ArrowRight');
  }
  throw new Error(`The arrows did not lead to ${name}.`);
}

export async function openByKeys(page: Page, name: string): Promise<void> {
  await goToCard(page, name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: `Photos in ${name}` })).toBeFocused();
  await expect(cell(page, 0)).toBeVisible();
}

export async function openByMouse(page: Page, name: string): Promise<void> {
  await card(page, name).click();
  await expect(cell(page, 0)).toBeVisible();
}

/** Undo and redo bring back what was and what became. */
export async function undoAndRedo(page: Page, how: 'mouse' | 'keys', before: Locator, after: Locator): Promise<void> {
  await expect(after).toBeVisible();
  if (how === 'mouse') await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
  else await page.keyboard.press('Control+z');
  await expect(before).toBeVisible();
  if (how === 'mouse') await page.getByRole('banner').getByRole('button', { name: 'Redo' }).click();
  else await page.keyboard.press('Control+Shift+z');
  await expect(after).toBeVisible();
}

/** What does not fit: words that are cut in a button or a heading, what scrolls sideways, what stands beyond the window. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isWide = (element: Element): boolean => element.scrollWidth > element.clientWidth + 1;
    const found = isWide(document.documentElement) ? ['the page is wider than the window'] : [];
    for (const element of document.querySelectorAll<HTMLElement>('body *:not(svg, svg *)')) {
      const { left, right, width } = element.getBoundingClientRect();
      const { overflowX, visibility } = getComputedStyle(element);
      if (width === 0 || visibility === 'hidden' || element.closest('.visually-hidden')) continue;
      const words = `${element.tagName} “${element.innerText?.slice(0, 40)}”`;
      if (right > innerWidth + 1 || left < -1) found.push(`beyond the window: ${words}`);
      else if (element.matches('button, a, h1, h2, legend, label') && element.clientWidth > 0 && isWide(element)) {
        found.push(`cut: ${words}`);
      } else if ((overflowX === 'auto' || overflowX === 'scroll') && isWide(element)) {
        found.push(`scrolls sideways: ${words}`);
      }
    }
    return found;
  });
