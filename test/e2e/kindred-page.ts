import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { test as base, type Locator, type Page } from '@playwright/test';

/** A started host with a data folder of its own, for one test. */
export interface Host {
  /** Address with its token. */
  address: string;
  /** An empty folder for the test's photos and exports. */
  folder: string;
  stop: () => Promise<void>;
}

/** A host ends in a second; a run that it has to pause first, on a busy machine, in some more. */
const MAX_ENDING_MS = 60_000;

export async function startHost(args: readonly string[] = []): Promise<Host> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kindred-e2e-')));
  const child: ChildProcess = spawn(process.execPath, [resolve('out/main/cli.js'), 'serve', '--no-open', ...args], {
    env: { ...process.env, KINDRED_DATA_DIR: join(folder, 'data'), CI: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((found, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const match = /http:\S+/.exec(text)?.[0];
      if (match) found(match);
    });
    child.once('exit', (code) => reject(new Error(`The host ended with ${code}.`)));
  });
  return {
    address,
    folder,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), MAX_ENDING_MS);
      const signal = await ended;
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true });
      if (signal === 'SIGKILL')
        throw new Error(`The host was still there ${MAX_ENDING_MS / 1000} s after it was told to end.`);
    },
  };
}

/** Collects what a page must not do: log an error, or reach out to anything but its host. */
export function watchPage(page: Page, ownHost: string): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.host === ownHost || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOwn) problems.push(`request to ${url.host}`);
  });
  return problems;
}

/** Tests with a host, whose page must neither log an error nor reach out to anything but the host. */
export const test = base.extend<{ host: Host; strict: undefined }>({
  host: async ({}, use) => {
    const host = await startHost();
    await use(host);
    await host.stop();
  },
  strict: [
    async ({ page, host }, use) => {
      const problems = watchPage(page, new URL(host.address).host);
      await use(undefined);
      base.expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});
export const expect = base.expect;

/** Types a path into a folder chooser, once the folder it starts with is there: coming between selecting and typing, it would stay in front. */
export async function typePath(chooser: Locator, path: string): Promise<void> {
  const field = chooser.getByRole('textbox', { name: 'Folder path' });
  await expect(field).not.toHaveValue('');
  await field.fill(path);
}

/** From the welcome screen through the chooser to a library of a folder. */
export async function openFolder(page: Page, address: string, photos: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Choose a folder' }).first().click();
  const chooser = page.getByRole('dialog', { name: 'Choose a folder' });
  await typePath(chooser, photos);
  await chooser.getByRole('button', { name: 'Open this folder' }).click();
}

/** A run that is over, its groups on screen: until they take its place, the first look may still be there. */
export async function runIsDone(page: Page, timeout: number): Promise<void> {
  await base.expect(page.getByRole('region', { name: 'Run' })).toContainText('Done', { timeout });
  await base.expect(page.getByText('First look', { exact: true })).toBeHidden();
}
