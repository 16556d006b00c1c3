import { test as base, type Locator, type Page } from '@playwright/test';

import { startHost, typePath, watchPage } from './kindred-page';
import { whyNoWindow } from './window/find-electron';
import { launchWindow, windowPlace } from './window/launch-window';

/** @file One driver for tests of what both doors show: Playwright's project says whether the page or the window is driven. */

export interface Driver {
  page: Page;
  /** An empty folder for the test's photos and exports. */
  folder: string;
  /** Clicks a button that asks for a folder, and answers: in the page's own dialog, or in place of the system's. */
  chooseFolder: (button: Locator, answer: FolderAnswer) => Promise<void>;
  stop: () => Promise<void>;
}

export interface FolderAnswer {
  path: string;
  /** Name of the page's dialog, and of the button that ends it. */
  dialog: string;
  accept: string;
}

async function drivePage(page: Page): Promise<Driver> {
  const host = await startHost();
  const problems = watchPage(page, new URL(host.address).host);
  await page.goto(host.address);
  return {
    page,
    folder: host.folder,
    chooseFolder: async (button, { path, dialog, accept }) => {
      await button.click();
      const chooser = page.getByRole('dialog', { name: dialog });
      await typePath(chooser, path);
      await chooser.getByRole('button', { name: accept }).click();
    },
    stop: async () => {
      await host.stop();
      base.expect(problems).toEqual([]);
    },
  };
}

async function driveWindow(): Promise<Driver> {
  const place = await windowPlace();
  const window = await launchWindow(place);
  const problems = watchPage(window.page, 'app');
  return {
    page: window.page,
    folder: place.folder,
    chooseFolder: async (button, { path }) => {
      await window.answerDialogs(path);
      await button.click();
    },
    stop: async () => {
      await window.stop();
      place.remove();
      base.expect(problems).toEqual([]);
    },
  };
}

export const test = base.extend<{ launcher: 'page' | 'window'; driver: Driver }>({
  launcher: ['page', { option: true }],
  driver: async ({ launcher, playwright }, use, testInfo) => {
    if (launcher === 'window') {
      const reason = whyNoWindow();
      testInfo.skip(reason !== null, reason ?? '');
      const driver = await driveWindow();
      await use(driver);
      return driver.stop();
    }
    const browser = await playwright.chromium.launch(testInfo.project.use.launchOptions);
    const driver = await drivePage(await browser.newPage({ viewport: testInfo.project.use.viewport ?? null }));
    await use(driver);
    await browser.close();
    await driver.stop();
  },
});
