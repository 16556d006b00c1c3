import { refreshMemberships, refreshShown } from './0007-shown-photos';

/**
 * @file The tree of groups, so that more or fewer of them can be shown without a run. A run writes `group_trees` and the first rows of
 * `leaf_groups` and `shown_details`; the person changes those two with the slider. See [Note: The detail slider] in ../../groups/set-detail.ts.
 */
const membershipColumns = /* sql */ `
  p.id AS photo_id,
  CASE
    WHEN o.photo_id IS NOT NULL THEN coalesce(og.merged_into, og.id)
    WHEN ag.id IS NOT NULL THEN coalesce(ag.merged_into, ag.id)
    WHEN EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (pg.id, pg.merged_into)) THEN NULL
    ELSE coalesce(pg.merged_into, pg.id)
  END AS group_id,
  o.photo_id IS NOT NULL AS is_placed,
  CASE
    WHEN o.group_id IS NOT NULL THEN 1.0
    WHEN o.photo_id IS NULL AND ag.id IS NOT NULL THEN a.confidence
    ELSE coalesce(pl.confidence, 0.0)
  END AS confidence,
  coalesce(pl.typicality, 0.0) AS typicality,
  o.photo_id IS NULL AND ag.id IS NOT NULL AS is_accepted`;

const membershipJoins = /* sql */ `
LEFT JOIN leaf_groups lg ON lg.run_id = pl.run_id AND lg.leaf = pl.leaf
LEFT JOIN groups pg ON pg.id = coalesce(lg.group_id, pl.group_id)
LEFT JOIN overrides o ON o.photo_id = p.id
LEFT JOIN groups og ON og.id = o.group_id
LEFT JOIN accepted_moves a ON a.photo_id = p.id
LEFT JOIN groups ag ON ag.id = a.group_id
  AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (ag.id, ag.merged_into))
WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL`;

export const sql = /* sql */ `
ALTER TABLE placements ADD COLUMN leaf INTEGER; -- the part of the tree it is in; null: it stays where group_id says

CREATE TABLE group_trees (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  tree TEXT NOT NULL                   -- JSON: numClusters, merges, sizes (photos of each leaf)
) STRICT;

CREATE TABLE leaf_groups (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  leaf INTEGER NOT NULL,
  group_id TEXT NOT NULL REFERENCES groups (id),
  is_guest INTEGER NOT NULL,           -- 1: came into a group that the person had named already, and may leave it again
  PRIMARY KEY (run_id, leaf)
) STRICT;

CREATE TABLE shown_details (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  detail REAL NOT NULL                 -- where the slider stands
) STRICT;

CREATE INDEX placements_by_leaf ON placements (run_id, leaf);
DROP VIEW computed_memberships;
DROP VIEW run_memberships;

CREATE VIEW computed_memberships AS
SELECT *, CASE WHEN confidence >= 0.8 THEN 0 WHEN confidence >= 0.5 THEN 1 ELSE 2 END AS section FROM (
  SELECT
    p.id AS photo_id,
    CASE
      WHEN o.photo_id IS NOT NULL THEN coalesce(og.merged_into, og.id)
      WHEN ag.id IS NOT NULL THEN coalesce(ag.merged_into, ag.id)
      WHEN EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (pg.id, pg.merged_into)) THEN NULL
      ELSE coalesce(pg.merged_into, pg.id)
    END AS group_id,
    o.photo_id IS NOT NULL AS is_placed,
    CASE
      WHEN o.group_id IS NOT NULL THEN 1.0
      WHEN o.photo_id IS NULL AND ag.id IS NOT NULL THEN a.confidence
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
  LEFT JOIN groups ag ON ag.id = a.group_id
    AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (ag.id, ag.merged_into))
  WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL
);

-- Where every shown photo is by each run that is kept, with what the person did laid over it.
CREATE VIEW run_memberships AS
SELECT runs.id AS run_id, pl.photo_id IS NOT NULL AS is_known, ${membershipColumns}
FROM runs CROSS JOIN photos p
LEFT JOIN placements pl ON pl.photo_id = p.id AND pl.run_id = runs.id ${membershipJoins};;
${refreshMemberships}

${['INSERT', 'UPDATE', 'DELETE']
  .map((event) => {
    const row = event === 'DELETE' ? 'OLD' : 'NEW';
    const photos = `IN (SELECT photo_id FROM placements WHERE run_id = ${row}.run_id AND leaf = ${row}.leaf)`;
    return `CREATE TRIGGER leaf_groups_after_${event.toLowerCase()} AFTER ${event} ON leaf_groups BEGIN ${refreshShown(photos)} END;`;
  })
  .join('\n')}
DROP TRIGGER groups_after_merge;
CREATE TRIGGER groups_after_merge AFTER UPDATE OF merged_into ON groups WHEN OLD.merged_into IS NOT NEW.merged_into
BEGIN ${refreshShown(`IN (
    SELECT photo_id FROM placements WHERE group_id = NEW.id UNION SELECT photo_id FROM overrides WHERE group_id = NEW.id
    UNION SELECT photo_id FROM accepted_moves WHERE group_id = NEW.id
    UNION SELECT photo_id FROM placements JOIN leaf_groups l USING (run_id, leaf) WHERE l.group_id = NEW.id)`)}
END;
`;
