import { z } from 'zod';

import type { Db } from './open-database';

/** A run's tree of groups, its leaves in the order of their numbers. */
export const StoredTree = z.object({
  numClusters: z.int().min(0),
  merges: z.array(z.object({ a: z.int().min(0), b: z.int().min(0), height: z.number() })),
  /** Photos of each leaf. */
  sizes: z.array(z.int().min(0)),
});
export type StoredTree = z.infer<typeof StoredTree>;

/** The group that one leaf is shown in, and what the person did with that group. */
export interface LeafRow {
  leaf: number;
  group_id: string;
  is_guest: number;
  /** The group, or the one it was merged into. */
  shown_id: string;
  /** The person named, pinned, hid or merged it, or chose its cover. */
  is_decided: number;
}

/** Whether the person named, pinned or hid a shown group, merged others into it or chose its cover: its photos stay together. */
export const isDecided = (group: string): string => /* sql */ `(
  ${group}.name IS NOT NULL OR ${group}.is_pinned OR ${group}.is_hidden OR ${group}.cover_photo_id IS NOT NULL
  OR EXISTS (SELECT 1 FROM groups alias WHERE alias.merged_into = ${group}.id))`;

/** The tree that the shown placements were read from. Written by the pipeline worker; the person's changes go through the journal. */
export class GroupTreeStore {
  constructor(private readonly db: Db) {}

  /** Stores the tree of a run. Called inside the transaction that writes the placements. */
  put(
    runId: number,
    tree: StoredTree,
    detail: number,
    leaves: readonly { leaf: number; groupId: string; isGuest: boolean }[],
  ): void {
    this.remove(runId);
    this.db.prepare('INSERT INTO group_trees (run_id, tree) VALUES (?, ?)').run(runId, JSON.stringify(tree));
    this.db.prepare('INSERT INTO shown_details (run_id, detail) VALUES (?, ?)').run(runId, detail);
    const insert = this.db.prepare('INSERT INTO leaf_groups (run_id, leaf, group_id, is_guest) VALUES (?, ?, ?, ?)');
    for (const { leaf, groupId, isGuest } of leaves) insert.run(runId, leaf, groupId, isGuest ? 1 : 0);
  }

  /** A run that placed its photos without a tree. */
  remove(runId: number): void {
    for (const table of ['group_trees', 'leaf_groups', 'shown_details'])
      this.db.prepare(`DELETE FROM ${table} WHERE run_id = ?`).run(runId);
  }

  /** The tree of what is shown; null where there is none, as in a draft. */
  current(): { runId: number; tree: StoredTree; detail: number } | null {
    const row = this.db
      .prepare<[], { run_id: number; tree: string; detail: number }>(
        'SELECT run_id, tree, detail FROM group_trees JOIN shown_details USING (run_id) WHERE run_id = (SELECT run_id FROM shown_run)',
      )
      .get();
    return row ? { runId: row.run_id, tree: StoredTree.parse(JSON.parse(row.tree)), detail: row.detail } : null;
  }

  leaves(runId: number): LeafRow[] {
    return this.db
      .prepare<[number], LeafRow>(
        `SELECT lg.leaf, lg.group_id, lg.is_guest, s.id AS shown_id,
           ${isDecided('s')} AS is_decided
         FROM leaf_groups lg JOIN groups g ON g.id = lg.group_id JOIN groups s ON s.id = coalesce(g.merged_into, g.id)
         WHERE lg.run_id = ? ORDER BY lg.leaf`,
      )
      .all(runId);
  }
}
