import type { Db } from './open-database';

/** What the person said about photos, merged groups under the group they went into. */
export interface Corrections {
  /** Put into a group, or confirmed in it. */
  placed: { photoId: number; groupId: string }[];
  /** «Not this group». */
  rejected: { photoId: number; groupId: string }[];
  pairs: { photoId: number; otherId: number; kind: 'together' | 'apart' }[];
}

/** Reads everything that can be learned from, in the order of photos. */
export function readCorrections(db: Db): Corrections {
  const ofTable = (table: 'overrides' | 'rejections'): { photoId: number; groupId: string }[] =>
    db
      .prepare<[], { photoId: number; groupId: string }>(
        `SELECT DISTINCT t.photo_id AS photoId, coalesce(g.merged_into, g.id) AS groupId
         FROM ${table} t JOIN groups g ON g.id = t.group_id ORDER BY t.photo_id, groupId`,
      )
      .all();
  const pairs = db
    .prepare<[], Corrections['pairs'][number]>(
      `SELECT photo_id AS photoId, other_photo_id AS otherId, kind FROM pair_constraints ORDER BY photo_id, other_photo_id`,
    )
    .all();
  return { placed: ofTable('overrides'), rejected: ofTable('rejections'), pairs };
}

/** Photos and pairs that something was said of since the last learning began; 0 while nothing was learned. */
export function countNewCorrections(db: Db): number {
  const learned = db
    .prepare<[], { startedAt: string }>(
      `SELECT started_at AS startedAt FROM runs WHERE state = 'done'
         AND EXISTS (SELECT 1 FROM stage_results WHERE run_id = runs.id AND stage = 'cluster') ORDER BY id DESC LIMIT 1`,
    )
    .get();
  if (!learned) return 0;
  return db
    .prepare<{ startedAt: string }, { n: number }>(
      `SELECT (SELECT count(*) FROM overrides WHERE created_at > @startedAt AND group_id IS NOT NULL)
         + (SELECT count(*) FROM rejections WHERE created_at > @startedAt)
         + (SELECT count(*) FROM pair_constraints WHERE created_at > @startedAt) AS n`,
    )
    .get(learned)!.n;
}
