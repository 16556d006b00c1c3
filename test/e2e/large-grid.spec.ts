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
