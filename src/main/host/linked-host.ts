import type { Connection } from '@shared/ipc/dispatcher';

import { describeError } from '../log';
import { DoorCalls } from '../link/door-calls';
import { type FromHost, ToHost } from '../link/messages';
import { createHost, type Host } from './create-host';

/** The host at its end of the channel to Electron's main process: answers frames, pictures and paths, and asks for what only the door can do. */
export class LinkedHost {
  private readonly host: Host;
  private readonly connections = new Map<number, Connection>();
  private readonly calls: DoorCalls;
  /** Frames wait until the library that was open before a crash is open again. */
  private isOpen: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly send: (message: FromHost) => void,
    private readonly onClosed: () => void,
  ) {
    this.calls = new DoorCalls((id, call) => send({ kind: 'ask', id, call }));
    this.host = createHost({
      door: {
        kind: 'window',
        pickFolder: (title) => this.calls.call({ name: 'pickFolder', title }),
        openPath: async (path) => void (await this.calls.call({ name: 'openPath', path })),
        showInFolder: async (path) => void (await this.calls.call({ name: 'showInFolder', path })),
      },
      broadcast: (frame) => send({ kind: 'event', frame }),
      onOpened: (libraryDir) => send({ kind: 'opened', opened: libraryDir === null ? null : { libraryDir } }),
    });
    send({ kind: 'ready' });
  }

  async receive(raw: unknown): Promise<void> {
    const message = ToHost.parse(raw);
    switch (message.kind) {
      case 'reopen':
        this.isOpen = this.reopen(message.opened.libraryDir);
        return;
      case 'frame': {
        await this.isOpen;
        const frame = await this.connect(message.connection).receive(message.frame);
        if (frame) this.send({ kind: 'reply', connection: message.connection, frame });
        return;
      }
      case 'disconnected':
        this.connections.get(message.connection)?.close();
        this.connections.delete(message.connection);
        return;
      case 'media': {
        await this.isOpen;
        const media = await this.host.media.read(message.photoId, message.size);
        this.send({ kind: 'media', id: message.id, media });
        return;
      }
      case 'paths':
        await this.isOpen;
        this.send({ kind: 'paths', id: message.id, paths: this.host.services.pathsOf(message.photoIds) });
        return;
      case 'want':
        this.host.services.want(message.wanted);
        return;
      case 'answer':
        this.calls.answer(message);
        return;
      case 'close':
        await this.close();
    }
  }

  async close(): Promise<void> {
    try {
      await this.host.close();
    } catch (error) {
      this.host.log('error', `closing: ${describeError(error)}`);
    }
    this.onClosed();
  }

  report(error: unknown): void {
    this.host.log('error', describeError(error));
  }

  private connect(id: number): Connection {
    const known = this.connections.get(id);
    if (known) return known;
    const connection = this.host.connect();
    this.connections.set(id, connection);
    return connection;
  }

  /** Opens what was open when the last host died, and takes its run up again unless the person had paused it. */
  private async reopen(libraryDir: string): Promise<void> {
    try {
      const library = await this.host.services.openDir(libraryDir, []);
      if (library.wasRunning && !library.progress) library.startRun({});
    } catch (error) {
      this.report(error);
    }
  }
}
