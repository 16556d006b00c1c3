import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { writeGeneratedLibrary } from '../../helpers/generated-pictures';
import { runIsDone } from '../kindred-page';
import { whyNoWindow } from './find-electron';
import { type RunningWindow, spawnWindow } from './launch-window';
import { findProcess, killProcess, processTree, type Role } from './processes';
import { expect, type Session, startSession, test } from './window-test';

/** @file How the window starts, what it does with its arguments, how it goes on after one of its processes died, and how it ends. */

/** On a loaded machine a window takes its time. */
const SHOWN_MS = 30_000;

/** Writes 24 photos. */
async function writePhotos(folder: string): Promise<void> {
  await writeGeneratedLibrary(folder, { classes: 2, perClass: 12, seed: 3, width: 160, height: 120 });
}

const runBar = ({ page }: RunningWindow) => page.getByRole('region', { name: 'Run' });

/** A run in the middle of reading, and the process that does it. */
async function isReading(kindred: RunningWindow, numPhotos: number): Promise<void> {
  await expect(runBar(kindred)).toContainText(`of ${numPhotos}`, { timeout: SHOWN_MS });
  await expect.poll(() => findProcess(kindred.child.pid!, 'worker'), { timeout: SHOWN_MS }).not.toBeNull();
}

/** States of the runs of a library, as they are on disk. */
function runStates(libraryDir: string): string[] {
  const database = new Database(join(libraryDir, 'library.sqlite'), { readonly: true });
  const rows = database.prepare<[], { state: string }>('SELECT state FROM runs ORDER BY id').all();
  database.close();
  return rows.map(({ state }) => state);
}

test('a missing folder is told inside the window', async ({ session }) => {
  const missing = join(session.place.folder, 'not here');
  const kindred = await session.open([missing]);
  await expect(kindred.page.getByText(/not here/).first()).toBeVisible({ timeout: SHOWN_MS });
  expect(await kindred.page.getByText(/at .*\.js:\d+/).count()).toBe(0);
});

test('a flag and its value are not the folder; a second start hands over its folder', async ({ session }) => {
  const [first, second] = [join(session.place.folder, 'First'), join(session.place.folder, 'Second')];
  await writePhotos(first);
  await writePhotos(second);
  const kindred = await session.open(['--library', join(session.place.folder, 'library'), first]);
  await expect(kindred.page).toHaveTitle(/First/, { timeout: SHOWN_MS });
  expect(existsSync(join(session.place.folder, 'library'))).toBe(true);
  const other = spawnWindow(session.place, [second]);
  expect(await other.ended).toBe(0);
  await expect(kindred.page).toHaveTitle(/Second/, { timeout: SHOWN_MS });
  const numWindows = await kindred.main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(numWindows).toBe(1);
});

test('closed during a scan, it pauses, ends by itself, and the next start goes on', async ({ session }) => {
  const photos = join(session.place.folder, 'Photos');
  const library = join(session.place.folder, 'library');
  await writePhotos(photos);
  const kindred = await session.open(['--library', library, photos]);
  await isReading(kindred, 24);
  const pids = processTree(kindred.child.pid!).map(({ pid }) => pid);
  await kindred.main.evaluate(({ BrowserWindow }) => {
    setImmediate(() => BrowserWindow.getAllWindows()[0]!.close());
  });
  // Node's inspector keeps a process that someone looks into.
  await Promise.race([kindred.ended, kindred.says(/Waiting for the debugger to disconnect/)]);
  kindred.main.close();
  expect(await kindred.ended).toBe(0);
  expect(pids.filter((pid) => processTree(pid).length > 0)).toEqual([]);
  expect(runStates(library)).toEqual(['paused']);

  const again = await session.open();
  await again.page.getByRole('button', { name: /^Photos/ }).click();
  await runIsDone(again.page, 60_000);
  await expect(runBar(again)).toContainText(/^\s*Done 24 photos/);
  expect(runStates(library)).toEqual(['done']);
});

test.describe.serial('after a process was killed', () => {
  let session: Session;
  let kindred: RunningWindow;

  const link = (name: string) => kindred.page.getByRole('link', { name: new RegExp(`^${name}, \\d+ photos`) });
  const log = (): string => readFileSync(join(session.place.folder, 'data', 'kindred.log'), 'utf8');

  /** Kills a process. The window must put another in its place. */
  async function kill(role: Role): Promise<void> {
    const { pid } = killProcess(kindred.child.pid!, role);
    await expect.poll(() => findProcess(kindred.child.pid!, role)?.pid, { timeout: SHOWN_MS }).toBeGreaterThan(0);
    await expect.poll(() => findProcess(kindred.child.pid!, role)?.pid, { timeout: SHOWN_MS }).not.toBe(pid);
  }

  test.beforeAll(async () => {
    if (whyNoWindow() !== null) return;
    session = await startSession();
    const photos = join(session.place.folder, 'Photos');
    // Enough of each kind for groups to come of them.
    await writeGeneratedLibrary(photos, { classes: 3, perClass: 24, seed: 21 });
    kindred = await session.open([photos]);
  });
  test.afterAll(async () => session?.close());

  test('a scan whose worker is killed goes on to its end without a click', async () => {
    await isReading(kindred, 72);
    await kill('worker');
    await runIsDone(kindred.page, 60_000);
    await expect(runBar(kindred)).toContainText('72 photos in');
    expect(log()).toMatch(/The (reader|pipeline) died \(SIGKILL\)/);
  });

  test('a killed host is told, comes back, and has what was named', async () => {
    await kindred.page.getByRole('list', { name: 'Groups' }).getByRole('link').first().focus();
    await rename('Before');
    const isTold = kindred.page.evaluate(
      (words) =>
        new Promise<boolean>((done) => {
          new MutationObserver(() => document.body.innerText.includes(words) && done(true)).observe(document.body, {
            ...{ childList: true, subtree: true },
          });
        }),
      'Connection to Kindred lost',
    );
    await kill('host');
    expect(await isTold).toBe(true);
    await expect(kindred.page.getByText('Connection to Kindred lost')).toBeHidden({ timeout: SHOWN_MS });
    await link('Before').focus();
    await rename('After');
    expect(log()).toMatch(/The host died \(SIGKILL\)/);
  });

  test('a killed page is loaded again, and shows its library', async () => {
    const { reason, text } = await kindred.main.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const isLoaded = new Promise<void>((done) => webContents.once('did-finish-load', () => done()));
      const died = new Promise<string>((done) =>
        webContents.once('render-process-gone', (_event, details) => done(details.reason)),
      );
      webContents.forcefullyCrashRenderer();
      const reason = await died;
      await isLoaded;
      const text: unknown = await webContents.executeJavaScript(`new Promise((done) => {
        const look = () => document.body.innerText.includes('After') && done(document.body.innerText);
        new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      })`);
      return { reason, text };
    });
    expect(reason).toMatch(/crashed|killed/);
    expect(text).toContain('After');
  });

  /** Names the group that has the focus. */
  async function rename(name: string): Promise<void> {
    await kindred.page.keyboard.press('F2');
    await kindred.page.keyboard.press('Control+a');
    await kindred.page.keyboard.type(name);
    await kindred.page.keyboard.press('Enter');
    await expect(link(name)).toBeVisible({ timeout: SHOWN_MS });
  }
});
