import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * @file Carries frames and nothing else: no contract, no validation, no Electron object reaches the page. What it sends is
 * checked by the host, what it receives by the client.
 */
// Each load of the page is a connection of its own.
ipcRenderer.send('app:connect');

contextBridge.exposeInMainWorld('transport', {
  request: (frame: unknown) => ipcRenderer.invoke('app:request', frame),
  cancel: (id: number) => ipcRenderer.send('app:cancel', id),
  onEvent: (listener: (frame: unknown) => void) => {
    const forward = (_event: unknown, frame: unknown): void => listener(frame);
    ipcRenderer.on('app:event', forward);
    return () => ipcRenderer.off('app:event', forward);
  },
  onState: (listener: (state: unknown) => void) => {
    const forward = (_event: unknown, state: unknown): void => listener(state);
    ipcRenderer.on('app:state', forward);
    listener('open');
    return () => ipcRenderer.off('app:state', forward);
  },
});

/** What only a window has. */
contextBridge.exposeInMainWorld('windowDoor', {
  onCommand: (listener: (command: unknown) => void) => {
    const forward = (_event: unknown, command: unknown): void => listener(command);
    ipcRenderer.on('app:command', forward);
    return () => ipcRenderer.off('app:command', forward);
  },
  setTheme: (theme: unknown) => ipcRenderer.send('app:theme', theme),
  dragOut: (photoIds: unknown) => ipcRenderer.send('app:drag', photoIds),
});

/** Where a dropped folder lies; a page cannot know, the window can. */
contextBridge.exposeInMainWorld('pathForFile', (file: File) => webUtils.getPathForFile(file));
