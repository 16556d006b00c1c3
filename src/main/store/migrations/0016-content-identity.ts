/**
 * @file A photo is its content, not its path. See [Note: A photo is its content] in ../photo-identity.ts. What a reader found out about a file
 * is kept too: a note on a damaged photo, and which kind of failure it was, so that one that passes is tried again.
 */
import { refreshMemberships, refreshShown } from './0011-homes';

/** How sure a group is that the person gave to the former content of a file: shown last, as unsure. */
const DOUBTFUL_CONFIDENCE = 0.25;

const leafHome = (row: string): string => `${row}.run_id || '.' || ${row}.leaf`;
const refused = (...groupIds: string[]): string =>
  `EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (${groupIds.join(', ')}))`;

export const sql = /* sql */ `
ALTER TABLE photos ADD COLUMN replaces_photo_id INTEGER REFERENCES photos (id) ON DELETE SET NULL; -- whose path this file has now
ALTER TABLE photos ADD COLUMN note TEXT;    -- worth knowing of a photo that is shown all the same ("a third is missing")
ALTER TABLE photos ADD COLUMN problem TEXT; -- the kind of failure, see images/photo-error.ts; null unless it failed while it was read
CREATE INDEX photos_by_replaced ON photos (replaces_photo_id) WHERE replaces_photo_id IS NOT NULL;

CREATE TABLE doubts (
  photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
  former_photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE -- where the person had put the former photo of this path
) STRICT;

DROP VIEW computed_memberships;
-- Where every shown photo is now: see [Note: Runs propose, the person decides] in ../memberships.ts.
CREATE VIEW computed_memberships AS
SELECT *, CASE WHEN confidence >= 0.8 THEN 0 WHEN confidence >= 0.5 THEN 1 ELSE 2 END AS section FROM (
  SELECT
    p.id AS photo_id,
    CASE
      WHEN o.photo_id IS NOT NULL THEN coalesce(og.merged_into, og.id)
      WHEN ag.id IS NOT NULL THEN coalesce(ag.merged_into, ag.id)
      WHEN dg.id IS NOT NULL THEN coalesce(dg.merged_into, dg.id)
      WHEN ${refused('pg.id', 'pg.merged_into')} THEN NULL
      ELSE coalesce(pg.merged_into, pg.id)
    END AS group_id,
    CASE
      WHEN o.photo_id IS NOT NULL THEN o.group_id
      WHEN ag.id IS NOT NULL THEN ag.id
      WHEN dg.id IS NOT NULL THEN dg.id
      WHEN ${refused('pg.id', 'pg.merged_into')} THEN NULL
      WHEN lg.leaf IS NOT NULL THEN ${leafHome('lg')}
      ELSE pl.group_id
    END AS home,
    o.photo_id IS NOT NULL AS is_placed,
    CASE
      WHEN o.group_id IS NOT NULL THEN 1.0
      WHEN o.photo_id IS NULL AND ag.id IS NOT NULL THEN a.confidence
      WHEN o.photo_id IS NULL AND dg.id IS NOT NULL THEN ${DOUBTFUL_CONFIDENCE}
      ELSE coalesce(pl.confidence, 0.0)
    END AS confidence,
    coalesce(pl.typicality, 0.0) AS typicality,
    o.photo_id IS NULL AND ag.id IS NOT NULL AS is_accepted,
    p.taken_at
  FROM photos p
  LEFT JOIN placements pl ON pl.photo_id = p.id AND pl.run_id = (SELECT run_id FROM shown_run)
  LEFT JOIN leaf_groups lg ON lg.run_id = pl.run_id AND lg.leaf = pl.leaf
  LEFT JOIN groups pg ON pg.id = coalesce(lg.group_id, pl.group_id)
  LEFT JOIN overrides o ON o.photo_id = p.id
  LEFT JOIN groups og ON og.id = o.group_id
  LEFT JOIN accepted_moves a ON a.photo_id = p.id
  LEFT JOIN groups ag ON ag.id = a.group_id AND NOT ${refused('ag.id', 'ag.merged_into')}
  LEFT JOIN doubts d ON d.photo_id = p.id
  LEFT JOIN groups dg ON dg.id = d.group_id AND NOT ${refused('dg.id', 'dg.merged_into')}
  WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL
);
CREATE TRIGGER doubts_after_insert AFTER INSERT ON doubts BEGIN ${refreshShown('= NEW.photo_id')}
END;
CREATE TRIGGER doubts_after_delete AFTER DELETE ON doubts BEGIN ${refreshShown('= OLD.photo_id')}
END;
${refreshMemberships}
`;
