/**
 * @file `memberships` becomes a table: at 100,000 photos the view took 0.4 s each time it was asked.
 *
 * [Note: Memberships are kept, not computed] `computed_memberships` still says what is true. Triggers copy a photo's row from it whenever
 * something it depends on changes, in the same transaction, so the table cannot fall behind; only new placements, which change every row,
 * are copied by the store when all are written (`refreshMemberships`). Whoever changes the view fills the table again in the same migration.
 */
const columns = 'photo_id, group_id, is_placed, confidence, typicality, is_accepted, section, taken_at';

export const refreshShown = (condition: string): string => /* sql */ `
  DELETE FROM memberships WHERE photo_id ${condition};
  INSERT INTO memberships (${columns}) SELECT ${columns} FROM computed_memberships WHERE photo_id ${condition};`;

/** Copies every row anew. */
export const refreshMemberships = /* sql */ `
  DELETE FROM memberships;
  INSERT INTO memberships (${columns}) SELECT ${columns} FROM computed_memberships;`;

/** Rows about one photo: whichever way one changes, the photo's row is copied. */
const photoTriggers = ['overrides', 'rejections', 'accepted_moves']
  .flatMap((table) =>
    [
      ['INSERT', 'NEW'],
      ['UPDATE', 'NEW'],
      ['DELETE', 'OLD'],
    ].map(
      ([event, row]) => /* sql */ `
CREATE TRIGGER ${table}_after_${event!.toLowerCase()} AFTER ${event} ON ${table} BEGIN ${refreshShown(`= ${row}.photo_id`)}
END;`,
    ),
  )
  .join('');

const choiceTriggers = ['INSERT', 'UPDATE', 'DELETE']
  .map(
    (event) => /* sql */ `
CREATE TRIGGER run_choices_after_${event.toLowerCase()} AFTER ${event} ON run_choices BEGIN ${refreshMemberships}
END;`,
  )
  .join('');

export const sql = /* sql */ `
DROP VIEW memberships;

-- Where every shown photo is now: see [Note: Runs propose, the person decides] in ../memberships.ts.
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
  LEFT JOIN groups pg ON pg.id = pl.group_id
  LEFT JOIN overrides o ON o.photo_id = p.id
  LEFT JOIN groups og ON og.id = o.group_id
  LEFT JOIN accepted_moves a ON a.photo_id = p.id
  LEFT JOIN groups ag ON ag.id = a.group_id
    AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (ag.id, ag.merged_into))
  WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL
);

CREATE TABLE memberships (
  photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
  group_id TEXT,                       -- null: Unsorted
  is_placed INTEGER NOT NULL,
  confidence REAL NOT NULL,
  typicality REAL NOT NULL,
  is_accepted INTEGER NOT NULL,
  section INTEGER NOT NULL,            -- 0 sure, 1 likely, 2 unsure
  taken_at TEXT                        -- as in photos, so that a group's span needs no second table
) STRICT;
CREATE INDEX memberships_in_order ON memberships (group_id, section, typicality DESC, photo_id);
CREATE INDEX memberships_by_typicality ON memberships (group_id, typicality DESC, photo_id);
CREATE INDEX memberships_summed ON memberships (group_id, confidence, taken_at);
CREATE INDEX memberships_unsure ON memberships (confidence, photo_id) WHERE group_id IS NOT NULL AND confidence < 0.5;
${refreshMemberships}
${photoTriggers}${choiceTriggers}
CREATE TRIGGER photos_after_insert AFTER INSERT ON photos WHEN NEW.status = 'indexed' BEGIN ${refreshShown('= NEW.id')}
END;
CREATE TRIGGER photos_after_update AFTER UPDATE OF status, is_missing, primary_photo_id, taken_at ON photos
WHEN OLD.status IS NOT NEW.status OR OLD.is_missing IS NOT NEW.is_missing OR OLD.taken_at IS NOT NEW.taken_at
  OR OLD.primary_photo_id IS NOT NEW.primary_photo_id BEGIN ${refreshShown('= NEW.id')}
END;
CREATE TRIGGER groups_after_merge AFTER UPDATE OF merged_into ON groups WHEN OLD.merged_into IS NOT NEW.merged_into
BEGIN ${refreshShown(`IN (
    SELECT photo_id FROM placements WHERE group_id = NEW.id UNION SELECT photo_id FROM overrides WHERE group_id = NEW.id
    UNION SELECT photo_id FROM accepted_moves WHERE group_id = NEW.id)`)}
END;
`;
