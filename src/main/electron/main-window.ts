import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, session } from 'electron';

import type { EventFrame, ReplyFrame } from '@shared/ipc/frames';

import { preloadScript } from '../paths';
import { APP_ORIGIN } from './app-protocol';
import type { HostState } from './host-process';
import { windowOptions } from './window-options';

/** The host, as far as the page speaks with it. */
export interface PageHost {
  request(connection: number, frame: unknown): Promise<ReplyFrame | null>;
  disconnect(connection: number): void;
}

/** The one window, and the channel pair its page speaks over. */
export class MainWindow {
  private readonly window = new BrowserWindow(windowOptions(preloadScript()));
  /** Each load of the page is a connection of its own. */
  private connection = 0;

  constructor(host: PageHost) {
    const { webContents } = this.window;
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('will-navigate', (event) => event.preventDefault());
    webContents.on('will-attach-webview', (event) => event.preventDefault());
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
    session.defaultSession.setPermissionCheckHandler(() => false);
    ipcMain.handle('app:request', (event, frame: unknown) => {
      if (!this.isOwnPage(event)) throw new Error('A frame from somewhere else was refused.');
      return host.request(this.connection, frame);
    });
    ipcMain.on('app:cancel', (event, id: unknown) => {
      if (this.isOwnPage(event)) void host.request(this.connection, { kind: 'cancel', id });
    });
    ipcMain.on('app:connect', (event) => {
      if (this.isOwnPage(event)) host.disconnect(this.connection++);
    });
    this.window.once('ready-to-show', () => this.window.show());
    this.window.on('closed', () => host.disconnect(this.connection));
    void this.window.loadURL(`${APP_ORIGIN}/index.html`);
  }

  get browserWindow(): BrowserWindow {
    return this.window;
  }

  sendEvent(frame: EventFrame): void {
    this.send('app:event', frame);
  }

  /** Tells the page that the host is gone, or there again. */
  sendState(state: HostState): void {
    this.send('app:state', state);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.focus();
  }

  private send(channel: string, message: unknown): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, message);
  }

  private isOwnPage(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
    return event.senderFrame === this.window.webContents.mainFrame && event.senderFrame.origin === APP_ORIGIN;
  }
}
