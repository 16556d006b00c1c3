import { join } from 'node:path';

import { writeGeneratedLibrary } from '../../helpers/generated-pictures';
import { runIsDone } from '../kindred-page';
import { toolbar } from '../on-screen';
import { whyNoWindow } from './find-electron';
import type { RunningWindow } from './launch-window';
import { expect, type Session, startSession, test } from './window-test';
import { whyNoKeys } from './x-server';

/** @file What only a window has: the system's keyboard, a menu, and files that are dropped on it. The way from folder to export is in whole-way.spec.ts. */

const SHOWN_MS = 30_000;

let session: Session;
let kindred: RunningWindow;

const groups = () => kindred.page.getByRole('list', { name: 'Groups' }).getByRole('link');
const named = (name: string) => kindred.page.getByRole('link', { name: new RegExp(`^${name}, \\d+ photos`) });

test.beforeAll(async () => {
  if (whyNoWindow() !== null) return;
  session = await startSession();
  const photos = join(session.place.folder, 'Photos');
  await writeGeneratedLibrary(photos, { classes: 3, perClass: 24, seed: 21 });
  kindred = await session.open([photos]);
  await runIsDone(kindred.page, 120_000);
  await expect(groups().first()).toBeVisible();
});
test.afterAll(async () => session?.close());

test('keys of the keyboard rename, undo, redo, search and select', async () => {
  const reason = whyNoKeys();
  test.skip(reason !== null, reason ?? '');
  const { page } = kindred;
  const { press } = session.place.screen!;
  await groups().first().focus();
  press('F2');
  await expect(page.locator('input:focus')).toBeVisible();
  press('k', 'e', 'y', 's', 'Return');
  await expect(named('keys')).toBeVisible();
  press('ctrl+z');
  await expect(named('keys')).toBeHidden();
  press('ctrl+shift+z');
  await expect(named('keys')).toBeVisible();

  await named('keys').focus();
  press('Return');
  await expect(page.getByRole('grid', { name: 'Photos in keys' })).toBeFocused();
  const count = Number(/^(\d+)/.exec((await page.getByText(/^\d+ photos · /).textContent())!)![1]);
  press('ctrl+a');
  await expect(toolbar(page)).toContainText(`${count} selected`);
  press('Escape');
  await expect(toolbar(page)).toBeHidden();
  press('ctrl+f');
  await expect(page.getByRole('searchbox')).toBeFocused();
});

test('the menu undoes, redoes and zooms', async () => {
  const { page, main } = kindred;
  const click = (menu: string, item: string): Promise<void> =>
    main.evaluate(
      ({ Menu }, [inMenu, label]) => {
        const found = Menu.getApplicationMenu()!
          .items.find((one) => one.label === inMenu)!
          .submenu!.items.find((one) => one.label === label);
        if (!found) throw new Error(`The menu ${inMenu} has no ${label}.`);
        found.click();
      },
      [menu, item] as const,
    );
  const zoomLevel = (): Promise<number> =>
    main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getZoomLevel());

  await page.evaluate(() => (location.hash = ''));
  await groups().first().focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Menu');
  await page.keyboard.press('Enter');
  await expect(named('Menu')).toBeVisible();
  await click('Edit', 'Undo');
  await expect(named('Menu')).toBeHidden();
  await click('Edit', 'Redo');
  await expect(named('Menu')).toBeVisible();

  const before = await zoomLevel();
  await click('View', 'Zoom In');
  await expect.poll(zoomLevel).toBeGreaterThan(before);
  await click('View', 'Actual Size');
  await expect.poll(zoomLevel).toBe(0);
});

test('a photo that is dropped on the window opens its folder', async () => {
  const { page } = kindred;
  const folder = join(session.place.folder, 'Dropped');
  const [photo] = await writeGeneratedLibrary(folder, { classes: 1, perClass: 2, seed: 5, width: 160, height: 120 });
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, photo!.path)], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await expect(page).toHaveTitle(new RegExp(`^${photo!.className} `), { timeout: SHOWN_MS });
});
