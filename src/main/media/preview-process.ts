import type { WorkerHandle } from './preview-worker-handle';

/** A preview that takes longer than this is given up, with the process that hangs on it. */
const TIMEOUT_MS = 20_000;
/** The process goes when nobody looked at a photo for this long. */
const IDLE_MS = 60_000;

/** Decodes full-size photos in a process of its own, one at a time: a decoder that crashes or hangs takes only itself along. */
export class PreviewProcess {
  private worker: WorkerHandle | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly spawn: () => WorkerHandle) {}

  /** Writes a preview of `source` to `target`. Resolves also when it could not: the caller looks whether the file is there. */
  make(source: string, target: string): Promise<void> {
    const made = this.last.then(() => this.makeNow(source, target));
    this.last = made;
    return made;
  }

  close(): void {
    clearTimeout(this.idleTimer);
    this.worker?.kill();
    this.worker = null;
  }

  private async makeNow(source: string, target: string): Promise<void> {
    clearTimeout(this.idleTimer);
    const worker = (this.worker ??= this.start());
    const { promise, resolve } = Promise.withResolvers<void>();
    const timeout = setTimeout(() => {
      worker.kill();
      resolve();
    }, TIMEOUT_MS);
    worker.onReply(resolve);
    worker.send({ source, target });
    await promise;
    clearTimeout(timeout);
    this.idleTimer = setTimeout(() => this.close(), IDLE_MS);
    this.idleTimer.unref();
  }

  private start(): WorkerHandle {
    const worker = this.spawn();
    worker.onExit(() => {
      if (this.worker === worker) this.worker = null;
    });
    return worker;
  }
}
