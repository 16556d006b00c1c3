import { join } from 'node:path';

import { type AppContract, contract } from '@shared/ipc/contract';
import type { Input, Output, ProcedureName } from '@shared/ipc/define';
import { type Connection, Dispatcher } from '@shared/ipc/dispatcher';
import { AppError } from '@shared/ipc/errors';

import { allHandlers } from '@main/host/handlers/all-handlers';
import { Services } from '@main/host/services';

type Procedure = ProcedureName<AppContract>;
const root = join(import.meta.dirname, '..', '..');
const TICK_MS = 1;

/** All in milliseconds. */
export interface Timing {
  /** The longest time that the event loop stood still. */
  blockMs: number;
  /** The most processor time that the host's own thread took between two ticks: what stays when other programs are busy too. */
  workMs: number;
  /** To the answer. */
  ms: number;
}

function ownCpuMs(): number {
  const { user, system } = (process as typeof process & { threadCpuUsage(): NodeJS.CpuUsage }).threadCpuUsage();
  return (user + system) / 1000;
}

/** The program's host without a window: frames go in and out as text, as over the page's socket. */
export class Host {
  private lastId = 0;

  private constructor(
    private readonly services: Services,
    private readonly connection: Connection,
  ) {}

  static async open(libraryDir: string): Promise<Host> {
    const services = new Services(
      {
        kind: 'page',
        spawnWorker: () => {
          throw new Error('No run is to be started.');
        },
        trunksDirs: [],
        taskScript: () => join(root, 'src/main/host/tasks/task-worker.ts'),
        splitScript: () => join(root, 'src/main/groups/split-worker.ts'),
        teachScript: () => join(root, 'src/main/teach/teach-worker.ts'),
      },
      () => undefined,
      () => undefined,
    );
    const dispatcher = new Dispatcher(contract, allHandlers(services), {
      onBug: (error, procedure) => console.error(procedure, error),
    });
    await services.openDir(libraryDir, []);
    return new Host(services, dispatcher.connect());
  }

  async close(): Promise<void> {
    this.connection.close();
    await this.services.close();
  }

  /** @throws {AppError} As the host answers. */
  async call<P extends Procedure>(procedure: P, input: Input<AppContract, P>): Promise<Output<AppContract, P>> {
    return this.send(this.frame(procedure, input)) as Promise<Output<AppContract, P>>;
  }

  /** Asks, and tells how long the answer took and for how long the event loop stood still meanwhile. */
  async timed<P extends Procedure>(procedure: P, input: unknown): Promise<Timing> {
    const frame = this.frame(procedure, input);
    const longest = { blockMs: 0, workMs: 0 };
    let last = { ms: performance.now(), cpuMs: ownCpuMs() };
    const note = (): void => {
      const now = { ms: performance.now(), cpuMs: ownCpuMs() };
      longest.blockMs = Math.max(longest.blockMs, now.ms - last.ms - TICK_MS);
      longest.workMs = Math.max(longest.workMs, now.cpuMs - last.cpuMs);
      last = now;
    };
    const ticker = setInterval(note, TICK_MS);
    await new Promise((resolve) => setTimeout(resolve, 5));
    Object.assign(longest, { blockMs: 0, workMs: 0 });
    const startMs = performance.now();
    await this.send(frame);
    const ms = performance.now() - startMs;
    note();
    clearInterval(ticker);
    return { ...longest, ms };
  }

  private frame(procedure: string, input: unknown): string {
    return JSON.stringify({ kind: 'request', id: ++this.lastId, procedure, input });
  }

  private async send(frame: string): Promise<unknown> {
    const reply = await this.connection.receive(JSON.parse(frame));
    JSON.stringify(reply);
    if (!reply || reply.kind !== 'reply') throw new Error('No reply.');
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
    return reply.output;
  }
}
