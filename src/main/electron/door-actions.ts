import { type BrowserWindow, dialog, shell } from 'electron';

import type { DoorCall } from '../link/messages';

/**
 * Does what only Electron can do, for the host.
 *
 * @returns The chosen folder, or null.
 * @throws {Error} In words for the person.
 */
export async function actAtDoor(call: DoorCall, window: BrowserWindow | null): Promise<string | null> {
  switch (call.name) {
    case 'pickFolder': {
      const options = { title: call.title, properties: ['openDirectory', 'createDirectory'] } as const;
      const asked = { ...options, properties: [...options.properties] };
      const choice = await (window ? dialog.showOpenDialog(window, asked) : dialog.showOpenDialog(asked));
      return choice.filePaths[0] ?? null;
    }
    case 'openPath': {
      const problem = await shell.openPath(call.path);
      if (problem) throw new Error(`“${call.path}” could not be opened: ${problem}`);
      return null;
    }
    case 'showInFolder':
      shell.showItemInFolder(call.path);
      return null;
  }
}
