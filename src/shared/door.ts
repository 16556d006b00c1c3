import { z } from 'zod';

/** @file What the window's page and Electron's main process say to each other besides frames: menus, theme, photos that are dragged out. */

/** What the window's menu leaves to the page. */
export const MenuCommand = z.enum(['undo', 'redo', 'about', 'open-folder']);
export type MenuCommand = z.infer<typeof MenuCommand>;

export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

/** The window, as its page sees it; absent in a browser. */
export interface WindowDoor {
  /** @returns A function that stops listening. */
  onCommand(listener: (command: unknown) => void): () => void;
  /** The frame, menus and dialogs follow the page's theme. */
  setTheme(theme: Theme): void;
  /** From a `dragstart` that was prevented: the files themselves hang on the pointer, for another program. */
  dragOut(photoIds: readonly number[]): void;
}
