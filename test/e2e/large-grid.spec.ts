import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CDPSession, Page } from '@playwright/test';

import { makeGeneratedLibrary } from '../../bench/generated-library';
import { expect, startHost, test as base } from './kindred-page';

/** @file A grid of thousands of photos, scrolled through: what it keeps and what it shows. */

const numPhotos = 6000;
const test = base.extend({
  host: async ({}, use) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-large-')));
    const libraryDir = join(folder, 'library');
    const generated = { folder: join(folder, 'unplugged'), numGroups: 12, numThumbnails: 40, seed: 1 };
    await makeGeneratedLibrary({ ...generated, libraryDir, numPhotos });
    const host = await startHost(['--library', libraryDir]);
    await use(host);
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

async function openAll(page: Page, address: string): Promise<void> {
  await page.goto(`${address}#/all`);
  await page.getByRole('gridcell').first().locator('img').waitFor();
}

/** Scrolls by so many pixels a frame, so many frames. */
const scroll = (page: Page, by: number, numFrames: number): Promise<void> =>
  page.getByRole('grid').evaluate(
    async (grid, options) => {
      for (let frame = 0; frame < options.numFrames; frame++) {
        grid.scrollTop += options.by;
        await new Promise(requestAnimationFrame);
      }
    },
    { by, numFrames },
  );

/** Nodes that the page holds, in the document or not, once all that is not held is gone. */
async function countNodes(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'Nodes')!.value;
}

/** Every cell in the window shows the picture of the photo that it is labelled with. */
const showsItsPictures = (page: Page): Promise<boolean> =>
  page.getByRole('grid').evaluate((grid) => {
    const { top, bottom } = grid.getBoundingClientRect();
    const cells = [...grid.querySelectorAll('[role=gridcell]:not([hidden])')].filter((cell) => {
      const bounds = cell.getBoundingClientRect();
      return bounds.height > 0 && bounds.bottom > top && bounds.top < bottom;
    });
    return (
      cells.length >= 15 &&
      cells.every((cell) => {
        const image = cell.querySelector('img')!;
        const photoId = Number(/(\d+)\/thumbnail$/.exec(image.src)?.[1]);
        const name = `IMG_${String(photoId - 1).padStart(6, '0')}.jpg`;
        const isShown = image.complete && image.naturalWidth > 0 && getComputedStyle(image).visibility === 'visible';
        return isShown && cell.getAttribute('aria-label')!.startsWith(name);
      })
    );
  });

test('a fling shows no photos until it is over, and then the right ones', async ({ page, host }) => {
  await openAll(page, host.address);
  await scroll(page, 50, 20);
  await expect.poll(() => showsItsPictures(page)).toBe(true);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await scroll(page, 900, 60);
  await expect.poll(() => showsItsPictures(page)).toBe(true);
  // What is drawn now, and the few rows that came before it was known to be a fling.
  expect(asked.length).toBeLessThan(400);
});

test('a picture that came while it was flung by is shown when one comes back to it', async ({ page, host }) => {
  await openAll(page, host.address);
  await scroll(page, 50, 20);
  await expect.poll(() => showsItsPictures(page)).toBe(true);
  await page.route('**/thumbnail', async (route) => {
    await new Promise((done) => setTimeout(done, 300));
    await route.continue();
  });
  await scroll(page, 50, 24);
  await scroll(page, 900, 30);
  await scroll(page, -900, 30);
  await expect.poll(() => showsItsPictures(page)).toBe(true);
});

test('the keyboard goes to the end at once, and its cell is the active one', async ({ page, host }) => {
  await openAll(page, host.address);
  await page.getByRole('grid').focus();
  for (const [key, label] of [
    ['End', /, 6,000 of 6,000,/],
    ['ArrowUp', /, 5,9\d\d of 6,000,/],
    ['Home', /, 1 of 6,000,/],
    ['PageDown', /, \d\d of 6,000,/],
  ] as const) {
    await page.keyboard.press(key);
    const active = page.locator(`[id="${await page.getByRole('grid').getAttribute('aria-activedescendant')}"]`);
    await expect(active).toHaveAttribute('aria-label', label);
    await expect(active).toHaveAttribute('aria-selected', 'true');
    await expect(active).toBeInViewport();
  }
});

test('a click takes the photo under the pointer, also before a scroll was heard of', async ({ page, host }) => {
  await openAll(page, host.address);
  const [clicked, selected] = await page.getByRole('grid').evaluate(async (grid) => {
    const { left, top } = grid.getBoundingClientRect();
    const [clientX, clientY] = [left + 100, top + 150];
    // The scroll event comes with the next frame, these at once.
    grid.scrollTop = 330;
    const cell = document.elementFromPoint(clientX, clientY)!.closest('[role=gridcell]')!;
    const label = cell.getAttribute('aria-label');
    for (const type of ['pointerdown', 'pointerup', 'click']) {
      cell.dispatchEvent(new PointerEvent(type, { bubbles: true, clientX, clientY, detail: 1 }));
    }
    await new Promise(requestAnimationFrame);
    return [label, grid.querySelector('[aria-selected=true]')?.getAttribute('aria-label')];
  });
  expect(clicked).toMatch(/^IMG_/);
  expect(selected).toBe(clicked);
});

test('a rubber band takes every photo under it, also those that only passed by', async ({ page, host }) => {
  await openAll(page, host.address);
  const { x, y, width } = (await page.getByRole('grid').boundingBox())!;
  const side = (await page.getByRole('gridcell').first().boundingBox())!.width;
  await page.mouse.move(x + 10, y + 10);
  await page.mouse.down();
  await page.mouse.move(x + 30, y + 60);
  await scroll(page, 900, 40);
  await page.mouse.move(x + width - 60, y + 200);
  await page.mouse.up();
  const numRows = Math.floor((36_000 + 200 - 24) / (side + 4)) + 1;
  await expect(page.getByRole('toolbar', { name: 'Selection' })).toContainText(`${numRows * 5} selected`);
});

test('lines are read aloud in the order in which they stand, wherever it was scrolled to', async ({ page, host }) => {
  await openAll(page, host.address);
  await scroll(page, 200, 30);
  const lines = await page.getByRole('grid').evaluate((grid) =>
    grid
      .getAttribute('aria-owns')!
      .split(' ')
      .map((id) => Number(document.getElementById(id)!.getAttribute('aria-rowindex'))),
  );
  expect(lines.length).toBeGreaterThan(8);
  expect(lines).toEqual(lines.map((_, index) => lines[0]! + index));
});

test('a scroll through thousands of photos leaves no nodes behind', async ({ page, host }) => {
  await openAll(page, host.address);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await scroll(page, 60, 20);
  const before = await countNodes(devtools);
  await scroll(page, 300, 250);
  await scroll(page, -300, 250);
  await expect.poll(() => countNodes(devtools)).toBeLessThan(before * 1.5);
});
