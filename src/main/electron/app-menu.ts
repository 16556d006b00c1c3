import { app, Menu, type MenuItemConstructorOptions } from 'electron';

import type { MenuCommand } from '@shared/door';

export interface MenuActions {
  /** Done by the page, which knows whether a text field has the keys. */
  command: (command: MenuCommand) => void;
  /** By steps of Chromium's zoom level; 0 puts it back. */
  zoom: (step: -1 | 0 | 1) => void;
}

/** The window's menu. Ctrl + and Ctrl − are the size of the pictures, so the zoom of the whole page has Alt with them. */
export function setAppMenu({ command, zoom }: MenuActions): void {
  const isMac = process.platform === 'darwin';
  // The page has these keys already, and takes them itself where it has the focus. Only macOS needs them from the menu, for text fields.
  const byPage = (label: string, accelerator: string, name: MenuCommand): MenuItemConstructorOptions => ({
    ...{ label, accelerator, registerAccelerator: isMac },
    click: () => command(name),
  });
  const about: MenuItemConstructorOptions = { label: 'About Kindred', click: () => command('about') };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac
      ? [
          {
            label: app.name,
            submenu: [
              ...[about, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }],
              ...[{ type: 'separator' }, { role: 'quit' }],
            ] as MenuItemConstructorOptions[],
          },
        ]
      : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: () => command('open-folder') },
        { type: 'separator' },
        ...(isMac ? [{ role: 'close' } as const] : [{ role: 'close' } as const, { role: 'quit' } as const]),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        byPage('Undo', 'CmdOrCtrl+Z', 'undo'),
        byPage('Redo', 'CmdOrCtrl+Shift+Z', 'redo'),
        { type: 'separator' },
        ...[{ role: 'cut' } as const, { role: 'copy' } as const, { role: 'paste' } as const],
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        { label: 'Zoom In', accelerator: 'CmdOrCtrl+Alt+=', click: () => zoom(1) },
        { label: 'Zoom Out', accelerator: 'CmdOrCtrl+Alt+-', click: () => zoom(-1) },
        { label: 'Actual Size', accelerator: 'CmdOrCtrl+Alt+0', click: () => zoom(0) },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    ...(isMac ? [] : [{ label: 'Help', submenu: [about] }]),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
