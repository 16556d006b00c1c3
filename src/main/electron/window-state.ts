import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { z } from 'zod';

import { Theme } from '@shared/door';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
export type Bounds = z.infer<typeof Bounds>;

/** What the window keeps between two starts. */
export const WindowState = z.object({
  /** Of the window when it is neither maximised nor full screen. In the system's pixels. */
  bounds: Bounds.nullable().catch(null).default(null),
  isMaximized: z.boolean().catch(false).default(false),
  /** Chromium's zoom level of the page: 0 is 100 %, each step 20 % more. */
  zoomLevel: z.number().min(-4).max(5).catch(0).default(0),
  /** The page's choice; the window's frame and background follow it. */
  theme: Theme.catch('system').default('system'),
});
export type WindowState = z.infer<typeof WindowState>;

/** A damaged file means a window as at the first start. */
export function readWindowState(file: string): WindowState {
  try {
    return WindowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return WindowState.parse({});
  }
}

/** A state that cannot be kept stops nothing. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // The next window opens where the last one was kept.
  }
}

const DEFAULT_SIZE = { width: 1280, height: 800 };
/** So much of a window must be on a display that a person can take hold of it. */
const MIN_VISIBLE_PX = 120;

/**
 * Where the window opens: where it was, unless the display it was on is gone.
 *
 * @param workAreas The displays without their task bars; the first is the main one.
 */
export function placeWindow(bounds: Bounds | null, workAreas: readonly Bounds[]): Partial<Bounds> {
  const main = workAreas[0];
  const { width, height } = bounds ?? DEFAULT_SIZE;
  const isSeen = workAreas.some((area) => {
    if (!bounds) return false;
    const seenX = Math.min(bounds.x + width, area.x + area.width) - Math.max(bounds.x, area.x);
    const seenY = Math.min(bounds.y + height, area.y + area.height) - Math.max(bounds.y, area.y);
    // The title bar is at the top: it must not be above the display.
    return seenX >= MIN_VISIBLE_PX && seenY >= MIN_VISIBLE_PX && bounds.y >= area.y;
  });
  if (bounds && isSeen) return bounds;
  return { width: Math.min(width, main?.width ?? width), height: Math.min(height, main?.height ?? height) };
}
