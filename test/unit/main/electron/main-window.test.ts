/** @file What keeps a page inside its window. Electron itself is stood in for: what is checked is what it would be told. */
import { describe, expect, it, vi } from 'vitest';

import { APP_ORIGIN } from '@main/electron/app-protocol';
import { MainWindow, type PageHost } from '@main/electron/main-window';
import { switchNetworkOff, wallIn } from '@main/electron/walls';
import { type WindowLook, windowOptions } from '@main/electron/window-options';

type Listener = (...values: unknown[]) => unknown;

const told = vi.hoisted(() => ({
  options: null as unknown,
  address: '',
  policy: '',
  reloads: 0,
  dragged: [] as unknown[],
  openHandler: null as Listener | null,
  listeners: new Map<string, Listener>(),
  mainFrame: { origin: 'kindred://app' },
}));

vi.mock('electron', () => {
  const listen = (name: string, listener: Listener): void => void told.listeners.set(name, listener);
  class BrowserWindow {
    webContents = {
      mainFrame: told.mainFrame,
      on: listen,
      send: () => undefined,
      reload: () => (told.reloads += 1),
      startDrag: (item: unknown) => told.dragged.push(item),
    };
    on = listen;
    once = listen;
    isDestroyed = () => false;
    constructor(options: unknown) {
      told.options = options;
    }
    loadURL(address: string): Promise<void> {
      told.address = address;
      return Promise.resolve();
    }
  }
  return {
    BrowserWindow,
    ipcMain: { handle: listen, on: listen, off: () => undefined, removeHandler: () => undefined },
    nativeImage: { createFromPath: () => ({ resize: () => 'icon' }) },
    protocol: {},
  };
});
vi.mock('@main/paths', () => ({ preloadScript: () => '/program/preload.cjs' }));

const look: WindowLook = { place: { width: 800, height: 600 }, isDark: false, icon: '/icon.png', hasDevTools: true };

function openWindow(): { received: unknown[]; window: MainWindow } {
  const received: unknown[] = [];
  const host: PageHost = {
    request: (connection, frame) => {
      received.push({ connection, frame });
      return Promise.resolve(null);
    },
    disconnect: (connection) => received.push({ closed: connection }),
    paths: () => Promise.resolve(['/photos/a.jpg']),
  };
  const window = new MainWindow(host, look, { onTheme: (theme) => received.push(theme), onLog: () => undefined });
  return { received, window };
}

/** What a session would be told. */
function walls() {
  const said = {
    request: null as Listener | null,
    check: null as Listener | null,
    filter: null as unknown,
    decision: null as unknown,
  };
  wallIn({
    webRequest: {
      onBeforeRequest: (filter: unknown, decide: Listener) => {
        said.filter = filter;
        decide({}, (decision: unknown) => (said.decision = decision));
      },
    },
    setPermissionRequestHandler: (handler: Listener) => (said.request = handler),
    setPermissionCheckHandler: (handler: Listener) => (said.check = handler),
    setDevicePermissionHandler: () => undefined,
    on: () => undefined,
  } as never);
  return { ...said, request: said.request!, check: said.check! };
}

/** What the program sets before it is ready, and what it does to every page that is made later. */
function startProgram(): string[] {
  const switches: string[] = [];
  switchNetworkOff({
    commandLine: { appendSwitch: (...words: string[]) => switches.push(words.join('=')) },
    on: (name: string, listener: Listener) => told.listeners.set(name, listener),
  } as never);
  const contents = {
    on: (name: string, listener: Listener) => told.listeners.set(name, listener),
    setWebRTCIPHandlingPolicy: (policy: string) => (told.policy = policy),
    setWindowOpenHandler: (handler: Listener) => (told.openHandler = handler),
  };
  told.listeners.get('web-contents-created')!({}, contents);
  return switches;
}

describe('the options of the window', () => {
  it.each([
    ['sandbox', true],
    ['contextIsolation', true],
    ['webSecurity', true],
    ['nodeIntegration', false],
    ['nodeIntegrationInWorker', false],
    ['nodeIntegrationInSubFrames', false],
    ['allowRunningInsecureContent', false],
    ['webviewTag', false],
    ['navigateOnDragDrop', false],
  ] as const)('has %s at %s', (name, value) => {
    expect(windowOptions('/preload.cjs', look).webPreferences?.[name]).toBe(value);
  });

  it('turn nothing on that is not on this list', () => {
    const { webPreferences } = windowOptions('/preload.cjs', { ...look, hasDevTools: false });
    const isOn = Object.entries(webPreferences ?? {}).filter(([, value]) => value === true);
    expect(isOn.map(([name]) => name).sort()).toEqual(['contextIsolation', 'sandbox', 'webSecurity']);
    expect(windowOptions('/preload.cjs', look).webPreferences?.devTools).toBe(true);
  });
});

describe('the window', () => {
  it('is made with these options and shows our own page', () => {
    openWindow();
    expect(told.options).toEqual(windowOptions('/program/preload.cjs', look));
    expect(told.address).toBe(`${APP_ORIGIN}/index.html`);
  });

  it('opens no other window', () => {
    startProgram();
    expect(told.openHandler!({ url: 'https://evil.example' })).toEqual({ action: 'deny' });
  });

  it.each(['will-navigate', 'will-attach-webview'])('prevents %s', (name) => {
    startProgram();
    const preventDefault = vi.fn();
    told.listeners.get(name)!({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem'])(
    'denies the permission %s',
    (permission) => {
      const { request, check } = walls();
      const decide = vi.fn();
      request({}, permission, decide);
      expect(decide.mock.calls).toEqual([[false]]);
      expect(check({}, permission)).toBe(false);
    },
  );

  it('cancels every request to the network, whichever scheme it has', () => {
    const { filter, decision } = walls();
    expect(filter).toEqual({ urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] });
    expect(decision).toEqual({ cancel: true });
    startProgram();
    expect(told.policy).toBe('disable_non_proxied_udp');
  });

  it("keeps Chromium's own errands off the network", () => {
    const switches = startProgram();
    expect(switches).toContain('disable-background-networking');
    expect(switches).toContain('host-resolver-rules=MAP * ~NOTFOUND');
  });

  it('loads a dead page again, but not for ever', () => {
    openWindow();
    told.reloads = 0;
    for (let crash = 0; crash < 10; crash++) told.listeners.get('render-process-gone')!({}, { reason: 'crashed' });
    expect(told.reloads).toBe(5);
  });

  it('hangs the files of photos on the pointer for its own page, and for no other', async () => {
    openWindow();
    told.listeners.get('app:drag')!({ senderFrame: null }, [1]);
    told.listeners.get('app:drag')!({ senderFrame: told.mainFrame }, ['../secret']);
    told.listeners.get('app:drag')!({ senderFrame: told.mainFrame }, [1]);
    await vi.waitFor(() => expect(told.dragged).toHaveLength(1));
    expect(told.dragged).toEqual([{ file: '/photos/a.jpg', files: ['/photos/a.jpg'], icon: 'icon' }]);
  });

  it('takes a theme that there is', () => {
    const { received } = openWindow();
    for (const theme of ['dark', 'pink']) told.listeners.get('app:theme')!({ senderFrame: told.mainFrame }, theme);
    expect(received).toEqual(['dark']);
  });

  it('takes requests of its own page only', async () => {
    const { received } = openWindow();
    const request = told.listeners.get('app:request')!;
    await request({ senderFrame: told.mainFrame }, { kind: 'request' });
    for (const senderFrame of [null, { origin: APP_ORIGIN }, { origin: 'https://evil.example' }]) {
      expect(() => request({ senderFrame }, {})).toThrow('refused');
      told.listeners.get('app:cancel')!({ senderFrame }, 1);
    }
    told.mainFrame.origin = 'https://evil.example';
    expect(() => request({ senderFrame: told.mainFrame }, {})).toThrow('refused');
    told.mainFrame.origin = APP_ORIGIN;
    expect(received).toMatchObject([{ frame: { kind: 'request' } }]);
  });

  it('takes each load of its page as a connection of its own', async () => {
    const { received } = openWindow();
    told.listeners.get('app:connect')!({ senderFrame: told.mainFrame });
    await told.listeners.get('app:request')!({ senderFrame: told.mainFrame }, { kind: 'request' });
    told.listeners.get('app:connect')!({ senderFrame: { origin: 'https://evil.example' } });
    expect(received).toHaveLength(2);
    const [{ closed }, { connection }] = received as [{ closed: number }, { connection: number }];
    expect(connection).toBe(closed + 1);
  });
});
