import { app, type BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';

import type { Theme } from '@shared/door';

import { type Bounds, placeWindow, readWindowState, writeWindowState } from './window-state';

/** Size, place, zoom and theme of the window, kept in one small file of Electron's own folder. */
export class KeptWindow {
  private readonly file = join(app.getPath('userData'), 'window.json');
  private state = readWindowState(this.file);

  constructor() {
    nativeTheme.themeSource = this.state.theme;
  }

  /** Where the window opens now. */
  place(): Partial<Bounds> {
    const main = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
    return placeWindow(
      this.state.bounds,
      [main, ...others].map(({ workArea }) => workArea),
    );
  }

  follow(window: BrowserWindow): void {
    if (this.state.isMaximized) window.maximize();
    window.webContents.on('did-finish-load', () => window.webContents.setZoomLevel(this.state.zoomLevel));
    window.on('close', () => this.keep({ bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }));
  }

  /** Makes everything in the page larger or smaller; 0 puts it back. */
  zoom(window: BrowserWindow, step: -1 | 0 | 1): void {
    const zoomLevel = step === 0 ? 0 : Math.min(5, Math.max(-4, this.state.zoomLevel + step / 2));
    window.webContents.setZoomLevel(zoomLevel);
    this.keep({ zoomLevel });
  }

  setTheme(theme: Theme): void {
    nativeTheme.themeSource = theme;
    this.keep({ theme });
  }

  private keep(part: Partial<typeof this.state>): void {
    this.state = { ...this.state, ...part };
    writeWindowState(this.file, this.state);
  }
}
