import { randomUUID } from 'node:crypto';

import type { Db } from './open-database';

/** Where a run puts one photo. */
export interface Placement {
  photoId: number;
  /** Null: Unsorted. */
  groupId: string | null;
  confidence: number;
  /** Orders photos inside a group, most typical first. */
  typicality: number;
}

/** What the latest run proposes. Written by the pipeline worker alone. */
export class PlacementStore {
  constructor(private readonly db: Db) {}

  /** A new group that a run found. */
  newGroup(splitFrom: string | null = null): string {
    const id = randomUUID();
    this.db
      .prepare(`INSERT INTO groups (id, made_by, split_from, created_at) VALUES (?, 'run', ?, ?)`)
      .run(id, splitFrom, new Date().toISOString());
    return id;
  }

  /** Replaces every placement in one transaction: a run that dies here leaves the previous placements untouched. */
  replaceAll(runId: number, placements: Iterable<Placement>): void {
    const insert = this.db.prepare(
      'INSERT INTO placements (photo_id, run_id, group_id, confidence, typicality) VALUES (?, ?, ?, ?, ?)',
    );
    this.db
      .transaction(() => {
        this.db.prepare('DELETE FROM placements').run();
        for (const { photoId, groupId, confidence, typicality } of placements) {
          insert.run(photoId, runId, groupId, confidence, typicality);
        }
        this.db.prepare('UPDATE library SET revision = revision + 1').run();
      })
      .immediate();
  }

  count(): number {
    return this.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM placements').get()!.n;
  }

  /** Removes unnamed groups of earlier runs to which nothing refers any more. */
  dropUnusedGroups(): void {
    this.db
      .prepare(
        `DELETE FROM groups WHERE made_by = 'run' AND name IS NULL AND cover_photo_id IS NULL AND is_hidden = 0 AND is_pinned = 0
           AND merged_into IS NULL
           AND id NOT IN (SELECT group_id FROM placements WHERE group_id IS NOT NULL)
           AND id NOT IN (SELECT group_id FROM overrides WHERE group_id IS NOT NULL)
           AND id NOT IN (SELECT group_id FROM rejections)
           AND id NOT IN (SELECT merged_into FROM groups WHERE merged_into IS NOT NULL)
           AND id NOT IN (SELECT split_from FROM groups WHERE split_from IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM journal WHERE changes LIKE '%' || groups.id || '%')`,
      )
      .run();
  }
}
