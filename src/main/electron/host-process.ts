import { AppError, toWireError } from '@shared/ipc/errors';
import { repeatableProcedures } from '@shared/ipc/contract';
import { ClientFrame, type EventFrame, type ReplyFrame } from '@shared/ipc/frames';
import type { MediaSize } from '@shared/media-url';
import type { PhotoId } from '@shared/model/ids';

import {
  type DoorCall,
  type DoorResult,
  FromHost,
  type Media,
  type Opened,
  type ToHost,
  type Wanted,
} from '../link/messages';

/** The host's process; see ./spawn-host.ts. */
export interface HostChild {
  send(message: ToHost): void;
  kill(): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone, or could not be started. */
  onExit(listener: (reason: string) => void): void;
}

export type HostState = 'open' | 'lost';

export interface HostProcessOptions {
  spawn: () => HostChild;
  onEvent: (frame: EventFrame) => void;
  /** `lost` from the death of a host until the next one answers. */
  onState: (state: HostState) => void;
  /** Does what only this process can. May throw; the words reach the person. */
  onAsk: (call: DoorCall) => Promise<string | null>;
  onLog: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/** A closing host pauses the run at a safe point and waits for edits; one that takes longer is killed, and loses nothing that was written. */
const CLOSE_LIMIT_MS = 15_000;
/** A host that dies again and again is given more time each time. */
const DELAYS_MS = [0, 200, 500, 1000, 2000];
/** Deaths longer ago than this do not count. */
const MEMORY_MS = 60_000;
/** After this many deaths the library is not opened by itself any more: it may be what kills the host. */
const MAX_REOPENED = 3;

/** Something that was asked of the host and is not answered yet. */
interface Pending {
  message: ToHost;
  /** It changes nothing, so the next host may be asked again. */
  isRepeatable: boolean;
  settle(answer: FromHost | null): void;
}

/**
 * The host, from the side of Electron's main process: started, asked, and started again when it dies.
 *
 * States: starting → open → (lost → starting → open)* → closing. While there is no host, what is asked waits for the next one. What was asked of
 * a host that died is asked again where it changes nothing, else refused: the host may have carried it out.
 */
export class HostProcess {
  private child: HostChild | null = null;
  private isReady = false;
  private nextId = 0;
  private readonly pending = new Map<string, Pending>();
  private opened: Opened | null = null;
  private deathTimesMs: number[] = [];
  private closing: Promise<void> | null = null;
  private onClosed: () => void = () => undefined;

  constructor(private readonly options: HostProcessOptions) {
    this.start();
  }

  /** Handles a frame of a page. Null for a cancel frame. */
  async request(connection: number, raw: unknown): Promise<ReplyFrame | null> {
    const parsed = ClientFrame.safeParse(raw);
    if (!parsed.success) return refuse(-1, new AppError('invalid-argument', 'That is not a valid frame.'));
    const frame = parsed.data;
    const key = `frame ${connection} ${frame.id}`;
    const message: ToHost = { kind: 'frame', connection, frame };
    if (frame.kind === 'cancel') {
      if (this.isReady) this.send(message);
      else this.settle(key, null);
      return null;
    }
    if (this.pending.has(key)) {
      return refuse(frame.id, new AppError('invalid-argument', 'A request with this id is under way.'));
    }
    const answer = await this.ask(key, message, repeatableProcedures.has(frame.procedure));
    if (answer?.kind === 'reply') return answer.frame;
    return refuse(
      frame.id,
      new AppError('failed-precondition', 'Kindred had to restart a part of itself. Please try that again.'),
    );
  }

  /** The page of a connection is gone, or loads anew. */
  disconnect(connection: number): void {
    for (const key of [...this.pending.keys()]) {
      if (key.startsWith(`frame ${connection} `)) this.settle(key, null);
    }
    this.send({ kind: 'disconnected', connection });
  }

  async media(photoId: PhotoId, size: MediaSize): Promise<Media | null> {
    const id = this.nextId++;
    const answer = await this.ask(`media ${id}`, { kind: 'media', id, photoId, size }, true);
    return answer?.kind === 'media' ? answer.media : null;
  }

  /** Where photos lie that are still there. */
  async paths(photoIds: PhotoId[]): Promise<string[]> {
    const id = this.nextId++;
    const answer = await this.ask(`paths ${id}`, { kind: 'paths', id, photoIds }, true);
    return answer?.kind === 'paths' ? answer.paths : [];
  }

  want(wanted: Wanted): void {
    const id = this.nextId++;
    // Nobody answers it; until a host has taken it, it is kept for the next.
    this.pending.set(`want ${id}`, { message: { kind: 'want', wanted }, isRepeatable: true, settle: () => undefined });
    this.flush(`want ${id}`);
  }

  /** Closes the host, once, however often it is asked for. */
  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => {
      this.onClosed = resolve;
      if (!this.child) return resolve();
      this.child.send({ kind: 'close' });
      const { child } = this;
      setTimeout(() => {
        this.options.onLog('warn', `The host took longer than ${CLOSE_LIMIT_MS} ms to close.`);
        child.kill();
      }, CLOSE_LIMIT_MS).unref();
    });
    return this.closing;
  }

  private start(): void {
    const child = (this.child = this.options.spawn());
    child.onMessage((raw) => {
      const parsed = FromHost.safeParse(raw);
      if (parsed.success) this.receive(parsed.data);
      else this.options.onLog('error', `The host said something unknown: ${parsed.error.message}`);
    });
    child.onExit((reason) => this.onExit(reason));
  }

  private onExit(reason: string): void {
    this.child = null;
    this.isReady = false;
    if (this.closing) return this.onClosed();
    const nowMs = Date.now();
    this.deathTimesMs = [...this.deathTimesMs.filter((atMs) => nowMs - atMs < MEMORY_MS), nowMs];
    const numDeaths = this.deathTimesMs.length;
    this.options.onLog('error', `The host died (${reason}), ${numDeaths} times within a minute; starting it again.`);
    if (numDeaths > MAX_REOPENED) this.opened = null;
    this.options.onState('lost');
    for (const [key, { isRepeatable }] of [...this.pending]) {
      if (!isRepeatable) this.settle(key, null);
    }
    const delayMs = DELAYS_MS[Math.min(numDeaths, DELAYS_MS.length) - 1]!;
    setTimeout(() => {
      if (!this.closing) this.start();
    }, delayMs);
  }

  private receive(message: FromHost): void {
    switch (message.kind) {
      case 'ready':
        this.isReady = true;
        if (this.opened) this.child!.send({ kind: 'reopen', opened: this.opened });
        for (const key of [...this.pending.keys()]) this.flush(key);
        this.options.onState('open');
        return;
      case 'reply':
        return this.settle(`frame ${message.connection} ${message.frame.id}`, message);
      case 'media':
      case 'paths':
        return this.settle(`${message.kind} ${message.id}`, message);
      case 'event':
        return this.options.onEvent(message.frame);
      case 'opened':
        this.opened = message.opened;
        return;
      case 'ask':
        void this.answer(message.id, message.call);
    }
  }

  private async answer(id: number, call: DoorCall): Promise<void> {
    const result = await this.options.onAsk(call).then(
      (value): DoorResult => ({ ok: true, value }),
      (error: unknown): DoorResult => ({ ok: false, message: error instanceof Error ? error.message : String(error) }),
    );
    this.send({ kind: 'answer', id, result });
  }

  private ask(key: string, message: ToHost, isRepeatable: boolean): Promise<FromHost | null> {
    return new Promise((resolve) => {
      this.pending.set(key, { message, isRepeatable, settle: resolve });
      this.flush(key);
    });
  }

  private settle(key: string, message: FromHost | null): void {
    const waiting = this.pending.get(key);
    this.pending.delete(key);
    waiting?.settle(message);
  }

  /** Sends what waits, if there is a host to send it to. */
  private flush(key: string): void {
    if (!this.isReady) return;
    this.child!.send(this.pending.get(key)!.message);
    if (key.startsWith('want')) this.pending.delete(key);
  }

  private send(message: ToHost): void {
    if (this.isReady) this.child?.send(message);
  }
}

function refuse(id: number, error: AppError): ReplyFrame {
  return { kind: 'reply', id, ok: false, error: toWireError(error) };
}
