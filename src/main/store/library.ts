import { randomUUID } from 'node:crypto';

import type { LeftOutFile } from '@shared/model/photo';

import type { Db } from './open-database';

/** The one row about the library itself, and its folders. */
export class LibraryStore {
  constructor(private readonly db: Db) {
    db.prepare('INSERT OR IGNORE INTO library (id, uuid, seed, created_at) VALUES (1, ?, 1, ?)').run(
      randomUUID(),
      new Date().toISOString(),
    );
  }

  get seed(): number {
    return this.db.prepare<[], { seed: number }>('SELECT seed FROM library').get()!.seed;
  }

  setSeed(seed: number): void {
    this.db.prepare('UPDATE library SET seed = ?').run(seed);
  }

  /** The trunk that runs use where they are not told another; null until one is said or settled. */
  get trunk(): string | null {
    return this.db.prepare<[], { trunk: string | null }>('SELECT trunk FROM library').get()!.trunk;
  }

  setTrunk(trunk: string): void {
    this.db.prepare('UPDATE library SET trunk = ?').run(trunk);
  }

  /** Rises with every change a person can see. */
  get revision(): number {
    return this.db.prepare<[], { revision: number }>('SELECT revision FROM library').get()!.revision;
  }

  bumpRevision(): number {
    return this.db
      .prepare<[], { revision: number }>('UPDATE library SET revision = revision + 1 RETURNING revision')
      .get()!.revision;
  }

  get numLeftOut(): number {
    return this.db.prepare<[], { left_out: number }>('SELECT left_out FROM library').get()!.left_out;
  }

  setNumLeftOut(count: number): void {
    this.db.prepare('UPDATE library SET left_out = ?').run(count);
  }

  /** What was passed over in the folders that are known, videos first. */
  leftOut(): LeftOutFile[] {
    return this.db
      .prepare<[], LeftOutFile>(`SELECT path, kind FROM left_out ORDER BY kind <> 'video', kind, folder_id, path`)
      .all();
  }

  setLeftOut(folderId: number, files: readonly LeftOutFile[]): void {
    const insert = this.db.prepare('INSERT INTO left_out (folder_id, path, kind) VALUES (?, ?, ?)');
    this.db
      .transaction(() => {
        this.db.prepare('DELETE FROM left_out WHERE folder_id = ?').run(folderId);
        for (const { path, kind } of files) insert.run(folderId, path, kind);
      })
      .immediate();
  }

  /** Runs keep to one core and rest in between. */
  get isGentle(): boolean {
    return this.db.prepare<[], { is_gentle: number }>('SELECT is_gentle FROM library').get()!.is_gentle === 1;
  }

  setGentle(isGentle: boolean): void {
    this.db.prepare('UPDATE library SET is_gentle = ?').run(isGentle ? 1 : 0);
  }

  /** New photos are noticed while the library is open. */
  get isWatching(): boolean {
    return this.db.prepare<[], { is_watching: number }>('SELECT is_watching FROM library').get()!.is_watching === 1;
  }

  setWatching(isWatching: boolean): void {
    this.db.prepare('UPDATE library SET is_watching = ?').run(isWatching ? 1 : 0);
  }

  folders(): FolderRow[] {
    return this.db.prepare<[], FolderRow>('SELECT id, path, is_offline FROM folders ORDER BY id').all();
  }

  /** @returns The folder's id, new or known. */
  addFolder(path: string): number {
    this.db
      .prepare('INSERT INTO folders (path, added_at) VALUES (?, ?) ON CONFLICT (path) DO NOTHING')
      .run(path, new Date().toISOString());
    return this.db.prepare<[string], { id: number }>('SELECT id FROM folders WHERE path = ?').get(path)!.id;
  }

  /** The folder is at another place now; what is in it stays the same. */
  relinkFolder(folderId: number, path: string): void {
    this.db.prepare('UPDATE folders SET path = ?, is_offline = 0 WHERE id = ?').run(path, folderId);
  }

  setOffline(folderId: number, isOffline: boolean): void {
    this.db.prepare('UPDATE folders SET is_offline = ? WHERE id = ?').run(isOffline ? 1 : 0, folderId);
  }
}

export interface FolderRow {
  id: number;
  /** Absolute, links resolved. */
  path: string;
  is_offline: number;
}
