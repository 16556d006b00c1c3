import { existsSync } from 'node:fs';

import { defineConfig } from '@playwright/test';

/** @file End-to-end tests through both doors: the page in Chromium, and the window in a real Electron. */

/** Debian's or the system's Chromium: Playwright's own download is never used. */
const chromium = [
  process.env['KINDRED_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

export default defineConfig<{ launcher: 'page' | 'window' }>({
  testDir: 'test/e2e',
  outputDir: 'test-results/browser',
  timeout: 240_000,
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json']],
  projects: [
    { name: 'page', testIgnore: 'window/**', use: { launcher: 'page' } },
    {
      name: 'window',
      testMatch: ['window/*.spec.ts', 'whole-way.spec.ts'],
      use: { launcher: 'window' },
      // Real keys go through an X server, and the old Electron now and then misses its start. Playwright names what passed at the second try.
      retries: 1,
    },
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
