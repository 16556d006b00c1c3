import type { BrowserWindowConstructorOptions } from 'electron';

import type { Bounds } from './window-state';

export interface WindowLook {
  place: Partial<Bounds>;
  isDark: boolean;
  /** For Linux; the other systems take the program's own. */
  icon?: string;
  /** An installed program has no developer tools. */
  hasDevTools: boolean;
}

/** `--canvas` of app.css: what is seen before the page draws, and at the edge while the window is resized. */
const BACKGROUND = { dark: '#171614', light: '#faf9f7' };

export function backgroundOf(isDark: boolean): string {
  return isDark ? BACKGROUND.dark : BACKGROUND.light;
}

/** The hardened options of the one window; a test reads them. */
export function windowOptions(
  preload: string,
  { place, isDark, icon, hasDevTools }: WindowLook,
): BrowserWindowConstructorOptions {
  return {
    ...place,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Kindred',
    ...(icon === undefined ? {} : { icon }),
    backgroundColor: backgroundOf(isDark),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: hasDevTools,
    },
  };
}
