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
