import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Locator, Page } from '@playwright/test';

import { databaseFile } from '@main/library-paths';
import { placeGroups } from '@main/run/stages/assign';
import { openStore } from '@main/store/store';

import { expect, startHost } from './kindred-page';
import { test as base } from './scanned-library';

/** @file More or fewer groups with the slider: by mouse and by the keys alone, and each drag taken back as one. */

/** Six leaves; the slider's stops show 2, 3, 4, 5 and 6 groups, and it stands at 4. */
const heights = [4, 3, 0.5, 0.3, 0.1];
const pairs = [
  [0, 1],
  [2, 3],
  [4, 5],
  [0, 2],
  [0, 4],
] as const;

function makeTree(libraryDir: string): void {
  const store = openStore(databaseFile(libraryDir));
  try {
    // Groups with names keep their photos whatever the slider shows: here it shall show what it says.
    store.db.prepare('UPDATE groups SET name = NULL').run();
    const photoIds = store.photos.toCluster().map(({ id }) => id);
    const leaves = Int32Array.from(photoIds, (_, index) => index % 6);
    const merges = pairs.map(([a, b], step) => ({ a, b, height: heights[step]! }));
    placeGroups(store, store.runs.latest()!, {
      photoIds,
      numGroups: 4,
      labels: leaves.map((leaf) => [0, 0, 1, 1, 2, 3][leaf]!),
      confidences: new Float32Array(photoIds.length).fill(0.9),
      typicality: new Float32Array(photoIds.length),
      parts: { tree: { numClusters: 6, merges }, detail: 1, leaves },
    });
  } finally {
    store.close();
  }
}

const test = base.extend({
  host: async ({ scanned }, use) => {
    const copy = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-slider-')));
    const library = join(copy, 'library');
    cpSync(scanned.libraryDir, library, { recursive: true });
    makeTree(library);
    const host = await startHost(['--library', library]);
    await use(host);
    await host.stop();
    rmSync(copy, { recursive: true, force: true });
  },
});

const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Fewer or more groups' });
const cards = (page: Page): Locator => page.getByRole('list', { name: 'Groups' }).getByRole('listitem');
const steps = (page: Page): Locator =>
  page
    .getByRole('complementary', { name: 'Activity' })
    .getByRole('listitem')
    .filter({ hasText: /^Changed the detail/ });

async function expectGroups(page: Page, count: number): Promise<void> {
  await expect(cards(page)).toHaveCount(count);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', `${count} groups`);
}

test.beforeEach(async ({ page, host }) => {
  await page.goto(host.address);
  await expectGroups(page, 4);
});

test('the slider is dragged with the mouse, and a drag is taken back as one', async ({ page }) => {
  const box = (await slider(page).boundingBox())!;
  const at = (share: number): [number, number] => [box.x + 8 + share * (box.width - 16), box.y + box.height / 2];
  await page.mouse.move(...at(0.5));
  await page.mouse.down();
  await page.mouse.move(...at(0.25), { steps: 4 });
  await expectGroups(page, 3);
  await page.mouse.move(...at(0), { steps: 4 });
  await expectGroups(page, 2);
  await page.mouse.move(...at(1), { steps: 8 });
  await expectGroups(page, 6);
  await page.mouse.up();
  await page.screenshot({ path: 'test-results/slider.png' });
  await page.getByRole('button', { name: 'Activity' }).click();
  await expect(steps(page)).toHaveCount(1);
  await page.getByRole('banner').getByRole('button', { name: 'Undo' }).click();
  await expectGroups(page, 4);
  await page.getByRole('banner').getByRole('button', { name: 'Redo' }).click();
  await expectGroups(page, 6);
});

test('the slider is moved with the keys, and taken back where it stands', async ({ page }) => {
  await slider(page).focus();
  await page.keyboard.press('ArrowRight');
  await expectGroups(page, 5);
  await page.keyboard.press('Home');
  await expectGroups(page, 2);
  await page.keyboard.press('Control+z');
  await expectGroups(page, 5);
  await page.keyboard.press('Control+z');
  await expectGroups(page, 4);
  await page.keyboard.press('Control+Shift+z');
  await expectGroups(page, 5);
  await expect(slider(page)).toBeFocused();
});
