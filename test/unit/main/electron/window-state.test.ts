import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { placeWindow, readWindowState, writeWindowState } from '@main/electron/window-state';

import { temporaryFolder } from '../../../helpers/temporary-folder';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const bounds = { x: 2000, y: 100, width: 1000, height: 700 };

it('opens the window where it was', () => {
  expect(placeWindow(bounds, [screen, second])).toEqual(bounds);
});

it.each([
  ['the display is gone', bounds, [screen]],
  ['hardly any of it would be seen', { ...bounds, x: 1900 }, [screen]],
  ['its title bar is above the display', { ...bounds, x: 10, y: -40 }, [screen]],
])('leaves the place to the system where %s', (_why, kept, displays) => {
  expect(placeWindow(kept, displays)).toEqual({ width: 1000, height: 700 });
});

it('is no larger than the display', () => {
  expect(placeWindow(null, [{ ...screen, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 });
});

it('keeps what it was told, and what of a damaged file is good', () => {
  const file = join(temporaryFolder(), 'new', 'window.json');
  const first = readWindowState(file);
  expect(first).toEqual({ bounds: null, isMaximized: false, zoomLevel: 0, theme: 'system' });
  writeWindowState(file, { ...first, bounds, zoomLevel: 1.5, theme: 'dark' });
  expect(readWindowState(file)).toEqual({ bounds, isMaximized: false, zoomLevel: 1.5, theme: 'dark' });
  writeFileSync(file, JSON.stringify({ bounds: 'everywhere', zoomLevel: 99, theme: 'dark' }));
  expect(readWindowState(file)).toEqual({ ...first, theme: 'dark' });
  writeFileSync(file, '{');
  expect(readWindowState(file)).toEqual(first);
});
