import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { _electron, expect, test } from '@playwright/test';

/** Electron's binary where it was fetched; its package alone does not bring it. */
function electronBinary(): string | null {
  const folder = join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  };
  const binary = join(folder, names[process.platform] ?? 'electron');
  return existsSync(binary) ? binary : null;
}

test('the window starts, shows the welcome screen and speaks to its host', async () => {
  const executablePath = electronBinary();
  test.skip(executablePath === null, 'The Electron binary is not here.');
  const dataDir = mkdtempSync(join(tmpdir(), 'kindred-window-'));
  const app = await _electron.launch({
    executablePath: executablePath!,
    args: [resolve('.'), '--no-sandbox'],
    env: { ...(process.env as Record<string, string>), KINDRED_DATA_DIR: dataDir },
  });
  try {
    const window = await app.firstWindow();
    await expect(window.getByRole('button', { name: 'Choose a folder' }).first()).toBeVisible();
    expect(window.url()).toMatch(/^kindred:\/\/app\//);
    expect(await window.evaluate(() => 'require' in globalThis)).toBe(false);
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
