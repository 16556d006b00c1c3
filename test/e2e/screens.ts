import type { Page } from '@playwright/test';

import { expect } from './kindred-page';

/** @file Every screen of the window, as the harness shows it over a host in memory (test/renderer/harness). */

export interface Screen {
  name: string;
  /** See test/renderer/harness/scenes.ts. */
  scene: string;
  hash?: string;
  /** From the page as it opens to the screen. */
  open?: (page: Page) => Promise<void>;
}

const GROUP = '#/group/00000000-0000-4000-8000-000000000001';
const menu = async (page: Page, item: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const grid = (page: Page): Promise<void> => expect(page.getByRole('gridcell').first()).toBeVisible();
const dialog = (page: Page): Promise<void> => expect(page.getByRole('dialog')).toBeVisible();
const openExport = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('textbox', { name: 'Destination folder' }).fill('/media/backup/Groups');
};
const showPlan = async (page: Page): Promise<void> => {
  await openExport(page);
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await expect(page.getByRole('button', { name: /^Export \d/ })).toBeVisible();
};

export const screens: Screen[] = [
  { name: 'welcome', scene: 'welcome' },
  {
    name: 'folder chooser',
    scene: 'welcome',
    open: async (page) => {
      await page.getByRole('button', { name: 'Choose a folder' }).first().click();
      await dialog(page);
    },
  },
  { name: 'scan running', scene: 'learning' },
  { name: 'draft groups', scene: 'draft' },
  { name: 'groups, few', scene: 'few' },
  { name: 'groups, many', scene: 'full' },
  { name: 'groups, with notes', scene: 'taught' },
  { name: 'a failed run', scene: 'failed' },
  { name: 'one group', scene: 'full', hash: GROUP, open: grid },
  {
    name: 'a selection',
    scene: 'full',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.getByRole('gridcell').nth(0).click();
      await page
        .getByRole('gridcell')
        .nth(2)
        .click({ modifiers: ['Shift'] });
    },
  },
  {
    name: 'photo with details and neighbours',
    scene: 'full',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.keyboard.press('Enter');
      await page.keyboard.press('i');
      await page.getByRole('button', { name: 'Why is this here?' }).click();
      await expect(page.getByText(/^These look most like it/)).toBeVisible();
    },
  },
  { name: 'unsure tray', scene: 'full', hash: '#/unsure', open: grid },
  { name: 'all photos', scene: 'full', hash: '#/all', open: grid },
  { name: 'review one by one', scene: 'full', hash: '#/review' },
  { name: 'question queue', scene: 'taught', hash: '#/review' },
  {
    name: 'search',
    scene: 'full',
    open: async (page) => {
      await page.getByRole('searchbox').fill('img_00');
      await expect(page.getByRole('region', { name: 'Photos' })).toBeVisible();
    },
  },
  { name: 'search results', scene: 'full', hash: '#/search/img_00', open: grid },
  { name: 'nothing found', scene: 'full', hash: '#/search/zebra' },
  { name: 'what changed', scene: 'taught', hash: '#/changes' },
  { name: 'what changed, nothing', scene: 'full', hash: '#/changes' },
  {
    name: 'split dialog',
    scene: 'full',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.getByRole('button', { name: 'Split…' }).click();
      await expect(page.getByRole('listitem', { name: /^Part/ }).first()).toBeVisible();
    },
  },
  {
    name: 'follow dialog',
    scene: 'taught',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.keyboard.press('c');
      await expect(page.getByText(/should follow/)).toBeVisible();
      await page.keyboard.press('f');
      await dialog(page);
    },
  },
  {
    name: 'follow offer',
    scene: 'taught',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.keyboard.press('c');
      await expect(page.getByText(/should follow/)).toBeVisible();
    },
  },
  {
    name: 'contradiction',
    scene: 'taught',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('d');
      await dialog(page);
    },
  },
  {
    name: 'move dialog',
    scene: 'full',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.keyboard.press('m');
      await dialog(page);
    },
  },
  { name: 'export form', scene: 'full', open: openExport },
  { name: 'export plan', scene: 'full', open: showPlan },
  { name: 'export, taken names', scene: 'taken-names', open: showPlan },
  {
    name: 'export report',
    scene: 'full',
    open: async (page) => {
      await showPlan(page);
      await page.getByRole('button', { name: /^Export \d/ }).click();
      await expect(page.getByText(/written and verified/)).toBeVisible();
    },
  },
  { name: 'past exports', scene: 'full', hash: '#/exports' },
  { name: 'problem files', scene: 'full', hash: '#/problems' },
  { name: 'run report', scene: 'full', hash: '#/report' },
  {
    name: 'activity',
    scene: 'full',
    hash: GROUP,
    open: async (page) => {
      await grid(page);
      await page.keyboard.press('c');
      await page.getByRole('button', { name: 'Activity' }).click();
    },
  },
  {
    name: 'menu',
    scene: 'taught',
    open: async (page) => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await expect(page.getByRole('menuitem').first()).toBeVisible();
    },
  },
  { name: 'learn again', scene: 'taught', open: (page) => menu(page, /^Learn again/) },
  { name: 'look quickly', scene: 'full', open: (page) => menu(page, /^Look quickly/) },
  { name: 'shortcuts', scene: 'full', open: (page) => menu(page, /^Keyboard shortcuts/) },
  { name: 'proof', scene: 'full', open: (page) => menu(page, /^Check the originals/) },
  { name: 'no clear groups', scene: 'no-groups' },
  { name: 'too few photos', scene: 'too-few' },
  { name: 'empty library', scene: 'nothing-yet' },
  { name: 'an empty tray', scene: 'few', hash: '#/search/nothing' },
  { name: 'offline folder', scene: 'offline' },
];

/** Opens a screen in the harness at `address`. */
export async function openScreen(page: Page, address: string, { scene, hash, open }: Screen): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${address}/?scene=${scene}${hash ?? ''}`);
  await expect(page.locator('.app > *').first()).toBeVisible();
  await open?.(page);
  await motionsEnd(page);
}

/** Pictures fade in and dialogs rise, in 180 ms at most; what waits for its data pulses without end, and an animation whose element went may never say so. */
export async function motionsEnd(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ends = document.getAnimations().map((animation) => animation.finished.catch(() => undefined));
    return Promise.race([Promise.all(ends), new Promise((resolve) => setTimeout(resolve, 1000))]);
  });
}
