/**
 * @file `npm run screenshots -- <folder of freely licensed photographs>`: makes the screenshots of README and guide. It cuts a small
 * library out of the photographs, always the same, scans it, names some groups, and walks through the page. Credit the pictures in
 * docs/screenshots/README.md and look at each screenshot before it is committed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';
import sharp from 'sharp';

import { buildIfStale, root } from './build-if-stale.mjs';

const CROPS_PER_PHOTOGRAPH = 10;
/** By a part of the photograph's file name. The others stay unnamed, as in a library that somebody has just begun to sort. */
const names = { Bridge: 'Bridge', friends: 'Dogs', seeding: 'Dandelions', picosdeeuropa: 'Mountains', life: 'Brook' };

const nameByFile = new Map();

const [sourceDir] = process.argv.slice(2);
if (!sourceDir) throw new Error('Say where the photographs are: npm run screenshots -- <folder>');
buildIfStale();
const work = mkdtempSync(join(tmpdir(), 'kindred-screens-'));
const photos = join(work, 'Pictures');
const env = { ...process.env, KINDRED_DATA_DIR: join(work, 'data'), CI: '1' };
try {
  await cutPhotos();
  await kindred('scan', photos, '--seed', '1');
  await walkThrough(JSON.parse(await kindred('groups', '--photos', '--json')).groups);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Crops of 55 to 85 % at places that follow from their number, every other one mirrored. */
async function cutPhotos() {
  mkdirSync(photos, { recursive: true });
  let number = 0;
  for (const file of readdirSync(sourceDir)
    .filter((name) => /\.jpe?g$/i.test(name))
    .sort()) {
    const { width, height } = await sharp(join(sourceDir, file)).metadata();
    for (let crop = 0; crop < CROPS_PER_PHOTOGRAPH; crop++) {
      const share = 0.55 + 0.3 * ((crop * 0.618) % 1);
      const [cropWidth, cropHeight] = [Math.floor(width * share), Math.floor(height * share)];
      const left = Math.floor((width - cropWidth) * ((crop * 0.755) % 1));
      const top = Math.floor((height - cropHeight) * ((crop * 0.57) % 1));
      const name = `IMG_${String(1000 + number++)}.jpg`;
      const picture = sharp(join(sourceDir, file)).extract({ left, top, width: cropWidth, height: cropHeight });
      await picture
        .flop(crop % 2 === 1)
        .modulate({ brightness: 0.92 + 0.02 * (crop % 8) })
        .resize({ width: 1200 })
        .jpeg()
        .toFile(join(photos, name));
      const group = Object.entries(names).find(([part]) => file.includes(part))?.[1];
      if (group) nameByFile.set(name, group);
    }
  }
}

/** Runs a command; resolves to what it printed. */
function kindred(...args) {
  return new Promise((done, fail) => {
    const stdio = ['ignore', 'pipe', 'inherit'];
    const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args], { env, stdio });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('close', (code) =>
      code === 0 ? done(printed) : fail(new Error(`kindred ${args[0]} ended with ${code}`)),
    );
  });
}

async function walkThrough(groups) {
  const host = spawn(process.execPath, [join(root, 'out/main/cli.js'), 'serve', photos, '--no-open'], { env });
  const address = await new Promise((found) => {
    host.stdout.setEncoding('utf8').on('data', (text) => {
      const match = /http:\S+/.exec(text)?.[0];
      if (match) found(match);
    });
  });
  const executablePath = process.env.KINDRED_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    await nameGroups(page, address, groups);
    await takeAll(page, address);
  } finally {
    await browser.close();
    host.kill('SIGTERM');
  }
}

/** Gives each group that is mostly of one named photograph that name, once. */
async function nameGroups(page, address, groups) {
  const open = new Set(Object.values(names));
  for (const { id, photos: members } of groups) {
    const counts = Map.groupBy(members, ({ path }) => nameByFile.get(path));
    const name = [...open].find((each) => (counts.get(each)?.length ?? 0) * 2 > members.length);
    if (!name) continue;
    open.delete(name);
    await page.goto('about:blank');
    await page.goto(`${address}#/group/${id}`);
    await page.getByRole('gridcell').first().waitFor();
    await page.keyboard.press('F2');
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: `Group name: ${name}` }).waitFor();
  }
  await page.goto('about:blank');
}

async function takeAll(page, address) {
  const shoot = async (path) => {
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
    await page.screenshot({ path: join(root, 'docs', path) });
  };
  const card = page
    .getByRole('button', { name: /^Mountains/ })
    .or(page.getByRole('link', { name: /^Mountains/ }))
    .or(page.getByRole('gridcell', { name: /^Mountains/ }))
    .first();
  await page.goto(address);
  await card.waitFor();
  await shoot('screenshots/groups.png');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('screenshots/groups-dark.png');
  await page.emulateMedia({ colorScheme: 'light' });
  await card.dblclick();
  const cells = page.getByRole('gridcell');
  await cells.first().waitFor();
  await cells.nth(0).click();
  await cells.nth(2).click({ modifiers: ['Shift'] });
  await shoot('screenshots/group.png');
  await page.keyboard.press('Escape');
  await cells.nth(0).dblclick();
  await page.keyboard.press('i');
  const why = page.getByRole('button', { name: 'Why is this here?' });
  await why.click();
  await page.getByText(/^These look most like it/).waitFor();
  await shoot('guide/why.png');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('textbox', { name: 'Destination folder' }).fill(join(work, 'Sorted'));
  await page.getByRole('button', { name: 'Show the plan' }).click();
  await page.getByRole('button', { name: /^Export \d/ }).waitFor();
  await shoot('guide/export-plan.png');
  await page.getByRole('button', { name: /^Export \d/ }).click();
  await page.getByText(/written and verified/).waitFor();
  await shoot('guide/export-report.png');
  await page.evaluate(() => localStorage.setItem('kindred.language', 'de'));
  await page.goto('about:blank');
  await page.goto(address);
  await page.getByText('Fragen beantworten').first().waitFor();
  await shoot('guide/german.png');
}
