import type { Db } from './open-database';

/** What the person said of two photos; it outlives runs. */
export interface PairConstraint {
  photoId: number;
  /** Always the larger id. */
  otherPhotoId: number;
  kind: 'together' | 'apart';
  createdAt: string;
}

/** «These belong together» and «these are different». Written by the journal alone; see ../groups/pair-edits.ts. */
export class PairConstraintStore {
  constructor(private readonly db: Db) {}

  /**
   * Everything that was said, oldest first. «Together» is told by as few pairs as connect a set (see connectedSets in
   * ../groups/pair-sets.ts); «apart» by every pair.
   */
  listPairConstraints(): PairConstraint[] {
    return this.db
      .prepare<[], PairConstraint>(
        `SELECT photo_id AS photoId, other_photo_id AS otherPhotoId, kind, created_at AS createdAt
         FROM pair_constraints ORDER BY created_at, photo_id, other_photo_id`,
      )
      .all();
  }
}
