import type { PreviewRequest, WorkerHandle } from './preview-worker-handle';

/** A preview that takes longer than this is given up, with the process that hangs on it. */
const TIMEOUT_MS = 20_000;
/** Photos that wait; the one that was asked for longest ago is given up: its thumbnail is shown. */
const MAX_WAITING = 4;
/** The process goes when nobody looked at a photo for this long. */
const IDLE_MS = 60_000;

interface Wanted {
  request: PreviewRequest;
  target: string;
  made: Promise<void>;
  resolve: () => void;
}

/** Decodes full-size photos in a process of its own, one at a time and the newest first: a decoder that crashes or hangs takes only itself along. */
export class PreviewProcess {
  private worker: WorkerHandle | null = null;
  /** The newest last. */
  private readonly waiting: Wanted[] = [];
  private current: Wanted | null = null;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly spawn: () => WorkerHandle) {}

  /** Writes a preview of `source` to `target`. Resolves also when it could not: the caller looks whether the file is there. */
  make(source: string, target: string, longerSide?: number): Promise<void> {
    if (this.current?.target === target) return this.current.made;
    const at = this.waiting.findIndex((wanted) => wanted.target === target);
    const [known] = at < 0 ? [] : this.waiting.splice(at, 1);
    const { promise: made, resolve } = Promise.withResolvers<void>();
    const wanted = known ?? { request: { source, target, longerSide }, target, made, resolve };
    // Whoever flips through photos wants the last one first, and the first ones no more.
    this.waiting.push(wanted);
    if (this.waiting.length > MAX_WAITING) this.waiting.shift()!.resolve();
    if (!this.current) void this.work();
    return wanted.made;
  }

  private async work(): Promise<void> {
    while ((this.current = this.waiting.pop() ?? null)) {
      await this.makeNow(this.current.request);
      this.current.resolve();
    }
  }

  close(): void {
    clearTimeout(this.idleTimer);
    this.worker?.kill();
    this.worker = null;
  }

  private async makeNow(request: PreviewRequest): Promise<void> {
    clearTimeout(this.idleTimer);
    const worker = (this.worker ??= this.start());
    const { promise, resolve } = Promise.withResolvers<void>();
    const timeout = setTimeout(() => {
      worker.kill();
      resolve();
    }, TIMEOUT_MS);
    worker.onReply(resolve);
    worker.send(request);
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
