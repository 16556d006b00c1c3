import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { expect, type Page, test as base } from '@playwright/test';
import { createServer } from 'vite';

import { cutOff } from './on-screen';
import { motionsEnd, openScreen, screens } from './screens';

/** @file Every screen, light and dark, looked at by axe; and with text of twice the size. */

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const test = base.extend<object, { harness: string }>({
  harness: [
    async ({}, use) => {
      const server = await createServer({
        configFile: resolve('test/renderer/harness/vite.config.ts'),
        server: { port: 0 },
        logLevel: 'error',
      });
      await server.listen();
      await use(server.resolvedUrls!.local[0]!.replace(/\/$/, ''));
      await server.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** What axe finds that is serious or critical, a line for each. */
async function findings(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
  });
}

/** Colours change over a moment. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  });
  await motionsEnd(page);
}

for (const screen of screens) {
  test(`${screen.name}: nothing serious for axe, in light and dark`, async ({ page, harness }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await openScreen(page, harness, screen);
    await page.addScriptTag({ path: axe });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      expect.soft(await findings(page), colorScheme).toEqual([]);
    }
  });
}

for (const screen of screens) {
  test(`${screen.name}: nothing is cut at 200 % text`, async ({ page, harness }) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32 } });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openScreen(page, harness, screen);
    expect(await cutOff(page)).toEqual([]);
  });
}
