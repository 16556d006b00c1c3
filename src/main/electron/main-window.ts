import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, nativeImage } from 'electron';

import { type MenuCommand, Theme } from '@shared/door';
import type { EventFrame, ReplyFrame } from '@shared/ipc/frames';
import { PhotoId } from '@shared/model/ids';

import { preloadScript } from '../paths';
import { APP_ORIGIN } from './app-protocol';
import type { HostState } from './host-process';
import { backgroundOf, type WindowLook, windowOptions } from './window-options';

/** The host, as far as the page speaks with it. */
export interface PageHost {
  request(connection: number, frame: unknown): Promise<ReplyFrame | null>;
  disconnect(connection: number): void;
  paths(photoIds: PhotoId[]): Promise<string[]>;
}

export interface WindowListeners {
  onTheme: (theme: Theme) => void;
  onLog: (level: 'warn' | 'error', message: string) => void;
}

/** A page that dies more often than this within a minute stays dead until the person opens the window again. */
const MAX_RELOADS = 5;
const MEMORY_MS = 60_000;
/** The picture that hangs on the pointer while photos are dragged out. */
const DRAG_ICON_PX = 48;

/** Each load of the page, in whichever window, is a connection of its own. */
let connection = 0;

/** A window, and the channels its page speaks over. There is one at a time. */
export class MainWindow {
  readonly window: BrowserWindow;
  private crashTimesMs: number[] = [];

  constructor(
    private readonly host: PageHost,
    private readonly look: WindowLook,
    private readonly listeners: WindowListeners,
  ) {
    this.window = new BrowserWindow(windowOptions(preloadScript(), look));
    ipcMain.handle('app:request', (event, frame: unknown) => {
      if (!this.isOwnPage(event)) throw new Error('A frame from somewhere else was refused.');
      return host.request(connection, frame);
    });
    const forgets = [
      this.onOwn('app:connect', () => host.disconnect(connection++)),
      this.onOwn('app:cancel', (id) => void host.request(connection, { kind: 'cancel', id })),
      this.onOwn('app:theme', (raw) => {
        const theme = Theme.safeParse(raw);
        if (theme.success) listeners.onTheme(theme.data);
      }),
      this.onOwn('app:drag', (photoIds) => void this.dragOut(photoIds)),
    ];
    this.window.webContents.on('render-process-gone', (_event, { reason }) => this.reload(reason));
    this.window.once('ready-to-show', () => this.window.show());
    this.window.on('closed', () => {
      host.disconnect(connection++);
      ipcMain.removeHandler('app:request');
      for (const forget of forgets) forget();
    });
    void this.window.loadURL(`${APP_ORIGIN}/index.html`);
  }

  sendEvent(frame: EventFrame): void {
    this.send('app:event', frame);
  }

  /** Tells the page that the host is gone, or there again. */
  sendState(state: HostState): void {
    this.send('app:state', state);
  }

  sendCommand(command: MenuCommand): void {
    this.send('app:command', command);
  }

  setDark(isDark: boolean): void {
    this.window.setBackgroundColor(backgroundOf(isDark));
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** A dead page leaves an empty window: it is loaded again, and shows where it was by the host's state. */
  private reload(reason: string): void {
    if (reason === 'clean-exit' || this.window.isDestroyed()) return;
    const nowMs = Date.now();
    this.crashTimesMs = [...this.crashTimesMs.filter((atMs) => nowMs - atMs < MEMORY_MS), nowMs];
    this.listeners.onLog('error', `The page died (${reason}), ${this.crashTimesMs.length} times within a minute.`);
    if (this.crashTimesMs.length <= MAX_RELOADS) this.window.webContents.reload();
  }

  private async dragOut(raw: unknown): Promise<void> {
    const photoIds = PhotoId.array().min(1).max(1000).safeParse(raw).data;
    const files = photoIds ? await this.host.paths(photoIds) : [];
    if (files.length === 0 || this.window.isDestroyed() || this.look.icon === undefined) return;
    const icon = nativeImage.createFromPath(this.look.icon).resize({ width: DRAG_ICON_PX });
    this.window.webContents.startDrag({ file: files[0]!, files, icon });
  }

  private send(channel: string, message: unknown): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(channel, message);
  }

  /** Hears our own page on a channel. @returns A function that stops listening. */
  private onOwn(channel: string, act: (message: unknown) => void): () => void {
    const listener = (event: IpcMainEvent, message: unknown): void => {
      if (this.isOwnPage(event)) act(message);
    };
    ipcMain.on(channel, listener);
    return () => ipcMain.off(channel, listener);
  }

  private isOwnPage(event: IpcMainInvokeEvent | IpcMainEvent): boolean {
    return event.senderFrame === this.window.webContents.mainFrame && event.senderFrame.origin === APP_ORIGIN;
  }
}
