import { describeError } from '../log';

/** A copy is written at most this often. */
const INTERVAL_MS = 60_000;

/** Writes the safety copy after changes and when the library closes. See [Note: The safety copy] in ../store/safety-copy.ts. */
export class SafetyKeeper {
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  /** @param write Writes a copy where there is something new. */
  constructor(
    private readonly write: () => Promise<unknown>,
    private readonly onError: (message: string) => void,
    private readonly intervalMs = INTERVAL_MS,
  ) {}

  /** Something changed: a copy follows within the interval. */
  note(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.writeNow();
    }, this.intervalMs).unref();
  }

  /** Writes what is not copied yet. */
  async close(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.writeNow();
  }

  private writeNow(): Promise<void> {
    // A full disk must not keep anybody from editing.
    this.writing = this.writing
      .then(() => this.write())
      .then(
        () => undefined,
        (error: unknown) => this.onError(`The safety copy could not be written: ${describeError(error)}`),
      );
    return this.writing;
  }
}
