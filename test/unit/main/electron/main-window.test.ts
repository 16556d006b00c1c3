/** @file What keeps a page inside its window. Electron itself is stood in for: what is checked is what it would be told. */
import { describe, expect, it, vi } from 'vitest';

import { APP_ORIGIN } from '@main/electron/app-protocol';
import { MainWindow, type PageHost } from '@main/electron/main-window';
import { windowOptions } from '@main/electron/window-options';

type Listener = (...values: unknown[]) => unknown;

const told = vi.hoisted(() => ({
  options: null as unknown,
  address: '',
  openHandler: null as Listener | null,
  permissionRequest: null as Listener | null,
  permissionCheck: null as Listener | null,
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
      setWindowOpenHandler: (handler: Listener) => (told.openHandler = handler),
    };
    on = listen;
    once = listen;
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
    ipcMain: { handle: listen, on: listen },
    protocol: {},
    session: {
      defaultSession: {
        setPermissionRequestHandler: (handler: Listener) => (told.permissionRequest = handler),
        setPermissionCheckHandler: (handler: Listener) => (told.permissionCheck = handler),
      },
    },
    shell: {},
  };
});
vi.mock('@main/paths', () => ({ preloadScript: () => '/program/preload.cjs' }));

function openWindow(): { received: unknown[] } {
  const received: unknown[] = [];
  const host: PageHost = {
    request: (connection, frame) => {
      received.push({ connection, frame });
      return Promise.resolve(null);
    },
    disconnect: (connection) => received.push({ closed: connection }),
  };
  new MainWindow(host);
  return { received };
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
    expect(windowOptions('/preload.cjs').webPreferences?.[name]).toBe(value);
  });

  it('turn nothing on that is not on this list', () => {
    const { webPreferences } = windowOptions('/preload.cjs');
    const isOn = Object.entries(webPreferences ?? {}).filter(([, value]) => value === true);
    expect(isOn.map(([name]) => name).sort()).toEqual(['contextIsolation', 'sandbox', 'webSecurity']);
  });
});

describe('the window', () => {
  it('is made with these options and shows our own page', () => {
    openWindow();
    expect(told.options).toEqual(windowOptions('/program/preload.cjs'));
    expect(told.address).toBe(`${APP_ORIGIN}/index.html`);
  });

  it('opens no other window', () => {
    openWindow();
    expect(told.openHandler!({ url: 'https://evil.example' })).toEqual({ action: 'deny' });
  });

  it.each(['will-navigate', 'will-attach-webview'])('prevents %s', (name) => {
    openWindow();
    const preventDefault = vi.fn();
    told.listeners.get(name)!({ preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem'])(
    'denies the permission %s',
    (permission) => {
      openWindow();
      const decide = vi.fn();
      told.permissionRequest!({}, permission, decide);
      expect(decide.mock.calls).toEqual([[false]]);
      expect(told.permissionCheck!({}, permission)).toBe(false);
    },
  );

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
    expect(received).toEqual([{ connection: 0, frame: { kind: 'request' } }]);
  });

  it('takes each load of its page as a connection of its own', async () => {
    const { received } = openWindow();
    told.listeners.get('app:connect')!({ senderFrame: told.mainFrame });
    await told.listeners.get('app:request')!({ senderFrame: told.mainFrame }, { kind: 'request' });
    told.listeners.get('app:connect')!({ senderFrame: { origin: 'https://evil.example' } });
    expect(received).toEqual([{ closed: 0 }, { connection: 1, frame: { kind: 'request' } }]);
  });
});
