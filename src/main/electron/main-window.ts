import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, session, shell } from 'electron';

import type { Connection } from '@shared/ipc/dispatcher';
import type { EventFrame } from '@shared/ipc/frames';

import { preloadScript } from '../paths';
import { APP_ORIGIN } from './app-protocol';
import { windowOptions } from './window-options';

/** The one window, and the channel pair its page speaks over. */
export class MainWindow {
  private readonly window = new BrowserWindow(windowOptions(preloadScript()));

  constructor(private readonly connection: Connection) {
    const { webContents } = this.window;
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('will-navigate', (event) => event.preventDefault());
    webContents.on('will-attach-webview', (event) => event.preventDefault());
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    session.defaultSession.setPermissionCheckHandler(() => false);
    ipcMain.handle('app:request', (event, frame: unknown) => {
      if (!this.isOwnPage(event)) throw new Error('A frame from somewhere else was refused.');
      return this.connection.receive(frame);
    });
    ipcMain.on('app:cancel', (event, id: unknown) => {
      if (this.isOwnPage(event)) void this.connection.receive({ kind: 'cancel', id });
    });
    this.window.once('ready-to-show', () => this.window.show());
    this.window.on('closed', () => this.connection.close());
    void this.window.loadURL(`${APP_ORIGIN}/index.html`);
  }

  get browserWindow(): BrowserWindow {
    return this.window;
  }

  send(frame: EventFrame): void {
    if (!this.window.isDestroyed()) this.window.webContents.send('app:event', frame);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.focus();
  }

  private isOwnPage(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
    return event.senderFrame === this.window.webContents.mainFrame && event.senderFrame.origin === APP_ORIGIN;
  }
}

/** Opens the file manager at a path. */
export async function revealInFileManager(path: string): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem) throw new Error(problem);
}
