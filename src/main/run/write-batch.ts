import type { Db } from '../store/open-database';

/** Large enough to make a transaction worth its commit, small enough that a killed worker loses under a second of work. */
const MAX_WRITES = 64;
const MAX_AGE_MS = 500;

interface Write {
  run: () => void;
  /** Takes the error of a write that failed; without it, the error is thrown. */
  onError?: (error: unknown) => void;
}

/** Gathers small writes into short transactions. What is not flushed is lost with the process, and is done again by the next. */
export class WriteBatch {
  private writes: Write[] = [];
  private openedMs = 0;

  constructor(private readonly db: Db) {}

  add(run: () => void, onError?: (error: unknown) => void): void {
    if (this.writes.length === 0) this.openedMs = performance.now();
    this.writes.push({ run, onError });
    if (this.writes.length >= MAX_WRITES || performance.now() - this.openedMs > MAX_AGE_MS) this.flush();
  }

  flush(): void {
    const writes = this.writes;
    this.writes = [];
    if (writes.length === 0) return;
    try {
      this.db.transaction(() => writes.forEach(({ run }) => run())).immediate();
    } catch {
      // One of them cannot be written: each alone, so that the others are.
      for (const write of writes) this.runAlone(write);
    }
  }

  private runAlone({ run, onError }: Write): void {
    try {
      this.db.transaction(run).immediate();
    } catch (error) {
      if (!onError || isOfTheDatabase(error)) throw error;
      onError(error);
    }
  }
}

/** A full disk, a locked or a damaged database is no fault of one write. */
function isOfTheDatabase(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT') && code !== 'SQLITE_MISMATCH';
}
