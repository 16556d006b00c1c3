import { app, dialog, nativeTheme, session } from 'electron';

import { createLogger, describeError, type Logger } from '../log';
import type { Wanted } from '../link/messages';
import { hostScript, iconFile, rendererDir } from '../paths';
import { dataDir } from '../library-paths';
import { setAppMenu } from './app-menu';
import { handleAppScheme } from './app-protocol';
import { actAtDoor } from './door-actions';
import { HostProcess } from './host-process';
import { KeptWindow } from './kept-window';
import { MainWindow } from './main-window';
import { nodeBinary } from './node-binary';
import { RunCompanion } from './run-companion';
import { spawnHost } from './spawn-host';
import { systemSigns } from './system-signs';
import { wallIn } from './walls';

/** The desktop program: the host, and a window on it, which may be closed and opened again. */
export class Desktop {
  private readonly log: Logger = createLogger(dataDir());
  private readonly kept = new KeptWindow();
  private readonly host: HostProcess;
  private main: MainWindow | null = null;
  private isClosed = false;

  constructor() {
    const node = nodeBinary({
      isPackaged: app.isPackaged,
      resourcesPath: process.resourcesPath,
      appPath: app.getAppPath(),
      platform: process.platform,
      given: process.env['KINDRED_NODE'],
    });
    const current = (): MainWindow['window'] | null => this.main?.window ?? null;
    const companion = new RunCompanion(systemSigns(current, () => this.show()));
    this.host = new HostProcess({
      spawn: () => spawnHost(node, hostScript(), (text) => this.log('warn', `host: ${text}`)),
      onEvent: (frame) => {
        companion.onEvent(frame);
        this.main?.sendEvent(frame);
      },
      onState: (state) => {
        if (state === 'lost') companion.stop();
        this.main?.sendState(state);
      },
      onAsk: (call) => actAtDoor(call, current()),
      onLog: this.log,
    });
    wallIn(session.defaultSession);
    handleAppScheme(rendererDir(), (photoId, size) => this.host.media(photoId, size));
    setAppMenu({
      command: (command) => this.show().sendCommand(command),
      zoom: (step) => this.main && this.kept.zoom(this.main.window, step),
    });
    nativeTheme.on('updated', () => this.main?.setDark(nativeTheme.shouldUseDarkColors));
    app.on('activate', () => this.show());
    app.on('before-quit', (event) => this.quit(event));
    process.on('uncaughtException', (error) => this.log('error', describeError(error)));
  }

  /** Opens what the person named, if anything, in the window. */
  open(wanted: Wanted): void {
    if (wanted.folder !== null || wanted.libraryDir !== null) this.host.want(wanted);
    this.show();
  }

  private show(): MainWindow {
    if (this.main) {
      this.main.focus();
      return this.main;
    }
    const opened = new MainWindow(
      this.host,
      {
        place: this.kept.place(),
        isDark: nativeTheme.shouldUseDarkColors,
        icon: iconFile(),
        hasDevTools: !app.isPackaged,
      },
      { onTheme: (theme) => this.kept.setTheme(theme), onLog: this.log },
    );
    this.kept.follow(opened.window);
    opened.window.on('closed', () => (this.main = null));
    return (this.main = opened);
  }

  /** The host first comes to a safe point, once, however often the person asks; then the program ends. */
  private quit(event: { preventDefault(): void }): void {
    if (this.isClosed) return;
    event.preventDefault();
    this.host.close().then(
      () => {
        this.isClosed = true;
        app.quit();
      },
      (error: unknown) => {
        dialog.showErrorBox('Kindred could not close', describeError(error));
        app.exit(1);
      },
    );
  }
}
