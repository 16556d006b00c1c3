import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { type Browser, chromium, type Page } from '@playwright/test';

import { findElectron, prepareElectron } from './find-electron';
import { Inspector } from './inspector';
import { type Screen, startScreen } from './x-server';

/** Where one started program keeps everything: its data, Electron's own files, photos and exports of the test. */
export interface WindowPlace {
  folder: string;
  screen: Screen | null;
  /** What the program's processes get as their environment. */
  env: Record<string, string>;
  remove: () => void;
}

/** An empty place, with a screen of its own on Linux. */
export async function windowPlace(): Promise<WindowPlace> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-window-')));
  const screen = process.platform === 'linux' ? await startScreen() : null;
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    KINDRED_DATA_DIR: join(folder, 'data'),
    // Electron keeps the lock of the single instance here: without it, two tests at once would be one program.
    XDG_CONFIG_HOME: join(folder, 'config'),
    ...(screen && { DISPLAY: screen.display }),
  };
  return {
    folder,
    screen,
    env,
    remove: () => {
      screen?.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** How {@link spawnWindow} starts it, where that is not the usual way. */
export interface SpawnOptions {
  /** Before the program: `strace …`, `setpriv …`. */
  wrapper?: readonly string[];
  /** Chromium's own sandbox cannot be used by root. */
  hasSandbox?: boolean;
  isInspected?: boolean;
}

/** What one starts and nobody has attached to. */
export interface SpawnedWindow {
  child: ChildProcess;
  /** Everything it said so far. */
  output: () => string;
  /** Resolves with the first match of what it says on standard error. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** Starts `electron . <args>` in a place. */
export function spawnWindow(place: WindowPlace, args: readonly string[], options: SpawnOptions = {}): SpawnedWindow {
  const { wrapper = [], hasSandbox = process.getuid?.() !== 0, isInspected = false } = options;
  const { binary } = findElectron()!;
  const flags = ['--disable-gpu', ...(hasSandbox ? [] : ['--no-sandbox'])];
  if (isInspected) flags.push('--inspect=0', '--remote-debugging-port=0');
  const [command, ...rest] = [...wrapper, binary, resolve('.'), ...args, ...flags];
  const child = spawn(command!, rest, { env: place.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      waiting.forEach((check) => check());
    });
  const ended = new Promise<number | NodeJS.Signals>((done) =>
    child.once('exit', (code, signal) => done(code ?? signal!)),
  );
  return {
    child,
    ended,
    output: () => said,
    says: (pattern) =>
      new Promise((found, failed) => {
        const check = (): void => {
          const match = pattern.exec(said);
          if (!match) return;
          waiting.delete(check);
          found(match);
        };
        waiting.add(check);
        void ended.then((how) => failed(new Error(`It ended with ${how} without saying ${pattern}:\n${said}`)));
        check();
      }),
  };
}

/** A started window that a test can look into. */
export interface RunningWindow extends SpawnedWindow {
  page: Page;
  main: Inspector;
  browser: Browser;
  /** Answers the system's folder dialogs from now on: there is nobody who could click them. */
  answerDialogs: (path: string) => Promise<void>;
  /** Ends it as the system would, and waits for that. */
  stop: () => Promise<void>;
}

const MAX_ENDING_MS = 60_000;

/** Starts the window and attaches to its page and its main process. Playwright's own launcher misses the start of Electron 22 now and then. */
export async function launchWindow(
  place: WindowPlace,
  args: readonly string[] = [],
  options: SpawnOptions = {},
): Promise<RunningWindow> {
  await prepareElectron(findElectron()!);
  const spawned = spawnWindow(place, args, { ...options, isInspected: true });
  const { main, browser, page } = await attach(spawned).catch((error: unknown) => {
    spawned.child.kill('SIGKILL');
    throw error;
  });
  return {
    ...spawned,
    page,
    main,
    browser,
    answerDialogs: (path) =>
      main.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, path),
    stop: async () => {
      main.close();
      // Its end lets go of the browser too; closing that first would wait for a page that was killed.
      await endWindow(spawned);
    },
  };
}

/** Ends a started program in order. @throws If it is still there a minute later. */
export async function endWindow({ child, ended }: SpawnedWindow): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), MAX_ENDING_MS);
  const how = await ended;
  clearTimeout(timer);
  if (how === 'SIGKILL')
    throw new Error(`The window was still there ${MAX_ENDING_MS / 1000} s after it was told to end.`);
}

async function attach({ says }: SpawnedWindow): Promise<Pick<RunningWindow, 'main' | 'browser' | 'page'>> {
  const [, inspector] = await says(/Debugger listening on (ws:\S+)/);
  const [, devTools] = await says(/DevTools listening on (ws:\S+)/);
  const main = await Inspector.attach(inspector!);
  await pageIsLoaded(main);
  const browser = await connect(devTools!);
  const [context] = browser.contexts();
  const page = context!.pages()[0] ?? (await context!.waitForEvent('page'));
  await page.waitForURL('kindred://app/**');
  return { main, browser, page };
}

/** Attaching while the page is being made may never end. */
async function pageIsLoaded(main: Inspector): Promise<void> {
  await main.evaluate(async (electron) => {
    const { app } = electron;
    // Electron 22 breaks where its windows are asked for sooner.
    await app.whenReady();
    const { BrowserWindow } = electron;
    await new Promise<void>((done) => {
      const hear = ({ webContents }: Electron.BrowserWindow): void => {
        if (webContents.getURL() !== '' && !webContents.isLoading()) done();
        else webContents.once('did-finish-load', () => done());
      };
      const [window] = BrowserWindow.getAllWindows();
      if (window) hear(window);
      else app.once('browser-window-created', (_event, created) => hear(created));
    });
  });
}

/** Attaching changes nothing, so it may be tried again. */
async function connect(address: string, numTries = 3): Promise<Browser> {
  try {
    // Electron has no contexts of its own to set up.
    return await chromium.connectOverCDP(address, { noDefaults: true, timeout: 15_000 });
  } catch (error) {
    if (numTries === 1) throw error;
    return connect(address, numTries - 1);
  }
}
