import { randomUUID } from 'node:crypto';

import { isDecided } from './group-trees';
import type { Db } from './open-database';
import { refreshMemberships, refreshShown } from './sql/photo-homes';

/** Where a run puts one photo. */
export interface Placement {
  photoId: number;
  /** Null: Unsorted. */
  groupId: string | null;
  confidence: number;
  /** Orders photos inside a group, most typical first. */
  typicality: number;
  /** The part of the run's tree of groups it moves with; null or left out: it stays in its group whatever the detail. */
  leaf?: number | null;
}

/** About 120 megabytes of earlier runs: 200 of 5,000 photos, 20 of 50,000. */
const MAX_KEPT_ROWS = 1_000_000;

/** What runs propose. Written by the pipeline worker alone. */
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

  /**
   * Writes everything that a run places, in one transaction: a run that dies here leaves what was shown before untouched. From now on this
   * run is shown; the one before is kept to compare with and to go back to.
   */
  replaceAll(runId: number, placements: Iterable<Placement>): void {
    const insert = this.db.prepare(
      'INSERT INTO placements (photo_id, run_id, group_id, confidence, typicality, leaf) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.db
      .transaction(() => {
        const base = this.shownRun();
        this.db.prepare('DELETE FROM placements WHERE run_id = ?').run(runId);
        for (const { photoId, groupId, confidence, typicality, leaf = null } of placements) {
          insert.run(photoId, runId, groupId, confidence, typicality, leaf);
        }
        this.db.exec(refreshMemberships);
        if (base !== runId) this.db.prepare('UPDATE runs SET base_run_id = ? WHERE id = ?').run(base, runId);
        this.db.prepare('UPDATE library SET revision = revision + 1').run();
      })
      .immediate();
  }

  /** Adds photos to what a run placed: those that came since. Nothing that it placed before changes. */
  add(runId: number, placements: readonly Placement[]): void {
    const insert = this.db.prepare(
      'INSERT INTO placements (photo_id, run_id, group_id, confidence, typicality, leaf) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.db
      .transaction(() => {
        for (const { photoId, groupId, confidence, typicality, leaf = null } of placements) {
          insert.run(photoId, runId, groupId, confidence, typicality, leaf);
        }
        const ids = JSON.stringify(placements.map(({ photoId }) => photoId));
        this.db.exec(refreshShown(`IN (SELECT value FROM json_each('${ids}'))`));
        this.db.prepare('UPDATE library SET revision = revision + 1').run();
      })
      .immediate();
  }

  /** Everything that a run placed, by photo, photos that are gone included. */
  of(runId: number): Map<number, Placement> {
    const rows = this.db
      .prepare<[number], Placement>(
        'SELECT photo_id AS photoId, group_id AS groupId, confidence, typicality, leaf FROM placements WHERE run_id = ?',
      )
      .all(runId);
    return new Map(rows.map((row) => [row.photoId, row]));
  }

  /** Photos of groups, as a run placed them, that are not shown now: their files are gone or cannot be read. */
  away(
    runId: number,
  ): { photoId: number; groupId: string; isDecided: boolean; confidence: number; typicality: number }[] {
    return this.db
      .prepare<[number], { photoId: number; groupId: string; decided: number; confidence: number; typicality: number }>(
        `SELECT pl.photo_id AS photoId, s.id AS groupId, ${isDecided('s')} AS decided, pl.confidence, pl.typicality
         FROM placements pl LEFT JOIN leaf_groups lg ON lg.run_id = pl.run_id AND lg.leaf = pl.leaf
         JOIN groups g ON g.id = coalesce(lg.group_id, pl.group_id) JOIN groups s ON s.id = coalesce(g.merged_into, g.id)
         WHERE pl.run_id = ? AND pl.photo_id NOT IN (SELECT photo_id FROM memberships) ORDER BY pl.photo_id`,
      )
      .all(runId)
      .map(({ decided, ...row }) => ({ ...row, isDecided: decided === 1 }));
  }

  /** Whether the newest run placed every photo that is shown. */
  isComplete(): boolean {
    return (
      this.db
        .prepare(
          `SELECT 1 FROM memberships WHERE photo_id NOT IN (
             SELECT photo_id FROM placements WHERE run_id = (SELECT max(run_id) FROM placements)) LIMIT 1`,
        )
        .get() === undefined
    );
  }

  /** Records which groups a run took apart or joined. */
  putLinks(
    runId: number,
    links: readonly { kind: 'split' | 'merged'; groupId: string; otherGroupId: string; numPhotos: number }[],
  ): void {
    this.db.prepare('DELETE FROM group_links WHERE run_id = ?').run(runId);
    const insert = this.db.prepare(
      'INSERT INTO group_links (run_id, kind, group_id, other_group_id, num_photos) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { kind, groupId, otherGroupId, numPhotos } of links) {
      insert.run(runId, kind, groupId, otherGroupId, numPhotos);
    }
  }

  /** The run whose placements are shown: see [Note: Which run is shown]. Null before the first. */
  shownRun(): number | null {
    return this.db.prepare<[], { run_id: number | null }>('SELECT run_id FROM shown_run').get()?.run_id ?? null;
  }

  /** The newest run that placed photos. */
  newestRun(): number | null {
    return this.db.prepare<[], { id: number | null }>('SELECT max(run_id) AS id FROM placements').get()?.id ?? null;
  }

  /** How many photos the newest run placed. */
  count(): number {
    return this.db
      .prepare<[], { n: number }>(
        'SELECT count(*) AS n FROM placements WHERE run_id = (SELECT max(run_id) FROM placements)',
      )
      .get()!.n;
  }

  /** Forgets the placements of the oldest runs: see {@link MAX_KEPT_ROWS}. The three newest, what is shown and its base stay. */
  prune(maxRows = MAX_KEPT_ROWS): void {
    const runs = this.db
      .prepare<[], { id: number; n: number }>(
        'SELECT run_id AS id, count(*) AS n FROM placements GROUP BY run_id ORDER BY run_id DESC',
      )
      .all();
    const newest = runs[0];
    if (!newest) return;
    const base = this.db
      .prepare<[number], { id: number | null }>('SELECT base_run_id AS id FROM runs WHERE id = ?')
      .get(newest.id)?.id;
    const needed = new Set([this.shownRun(), base, ...runs.slice(0, 3).map((run) => run.id)]);
    const forget = ['placements', 'group_trees', 'leaf_groups', 'shown_details'].map((table) =>
      this.db.prepare(`DELETE FROM ${table} WHERE run_id = ?`),
    );
    let numRows = 0;
    for (const { id, n } of runs) {
      numRows += n;
      if (numRows > maxRows && !needed.has(id)) for (const statement of forget) statement.run(id);
    }
  }

  /** Removes unnamed groups of earlier runs to which nothing refers any more. */
  dropUnusedGroups(): void {
    this.db
      .prepare(
        `DELETE FROM groups WHERE made_by = 'run' AND name IS NULL AND cover_photo_id IS NULL AND is_hidden = 0 AND is_pinned = 0
           AND merged_into IS NULL
           AND id NOT IN (SELECT group_id FROM placements WHERE group_id IS NOT NULL)
           AND id NOT IN (SELECT group_id FROM leaf_groups)
           AND id NOT IN (SELECT group_id FROM overrides WHERE group_id IS NOT NULL)
           AND id NOT IN (SELECT group_id FROM rejections)
           AND id NOT IN (SELECT group_id FROM accepted_moves)
           AND id NOT IN (SELECT merged_into FROM groups WHERE merged_into IS NOT NULL)
           AND id NOT IN (SELECT split_from FROM groups WHERE split_from IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM journal WHERE changes LIKE '%' || groups.id || '%')`,
      )
      .run();
  }
}
