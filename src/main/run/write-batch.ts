import type { Db } from '../store/open-database';

/** Large enough to make a transaction worth its commit, small enough that a killed worker loses under a second of work. */
const MAX_WRITES = 64;
const MAX_AGE_MS = 500;

/** Gathers small writes into short transactions. What is not flushed is lost with the process, and is done again by the next. */
export class WriteBatch {
  private writes: (() => void)[] = [];
  private openedMs = 0;

  constructor(private readonly db: Db) {}

  add(write: () => void): void {
    if (this.writes.length === 0) this.openedMs = performance.now();
    this.writes.push(write);
    if (this.writes.length >= MAX_WRITES || performance.now() - this.openedMs > MAX_AGE_MS) this.flush();
  }

  flush(): void {
    const writes = this.writes;
    this.writes = [];
    if (writes.length === 0) return;
    this.db.transaction(() => writes.forEach((write) => write())).immediate();
  }
}
