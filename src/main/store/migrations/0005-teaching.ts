/**
 * @file What corrections need to teach between runs: the head of each run, answers to questions, and what the person let follow from a
 * correction.
 *
 * [Note: Accepted, not placed] When a correction would move other photos and the person accepts that, these are laid over a run's
 * placements but stay below what the person said of a photo itself: a later lesson may move them on, a run may not.
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
LEFT JOIN groups pg ON pg.id = pl.group_id
LEFT JOIN overrides o ON o.photo_id = p.id
LEFT JOIN groups og ON og.id = o.group_id
LEFT JOIN accepted_moves a ON a.photo_id = p.id
LEFT JOIN groups ag ON ag.id = a.group_id
  AND NOT EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (ag.id, ag.merged_into))
WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL`;

export const sql = /* sql */ `
CREATE TABLE run_heads (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  feature_model_id INTEGER NOT NULL REFERENCES feature_models (id) ON DELETE CASCADE,
  width INTEGER NOT NULL,              -- D of the features it reads
  group_ids TEXT NOT NULL,             -- JSON: the group of each row, as it was when the run ended
  weights BLOB NOT NULL,               -- float32 little-endian, [G, D]
  biases BLOB NOT NULL,                -- float32 little-endian, [G]
  num_units INTEGER NOT NULL,          -- it was trained on
  misc_share REAL NOT NULL             -- of the photos then: in no group, or unsure
) STRICT;

CREATE TABLE accepted_moves (
  photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES groups (id),
  confidence REAL NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX accepted_moves_by_group ON accepted_moves (group_id);

CREATE TABLE answers (
  question TEXT PRIMARY KEY,           -- what was asked, see teach/questions.ts
  answer TEXT NOT NULL CHECK (answer IN ('yes', 'no', 'unsure')),
  created_at TEXT NOT NULL
) STRICT;

DROP VIEW memberships;
DROP VIEW run_memberships;

-- Where every shown photo is now: see [Note: Runs propose, the person decides] in ../memberships.ts.
CREATE VIEW memberships AS
SELECT ${membershipColumns}
FROM photos p
LEFT JOIN placements pl ON pl.photo_id = p.id AND pl.run_id = (SELECT run_id FROM shown_run) ${membershipJoins};

-- Where every shown photo is by each run that is kept, with what the person did laid over it.
CREATE VIEW run_memberships AS
SELECT runs.id AS run_id, pl.photo_id IS NOT NULL AS is_known, ${membershipColumns}
FROM runs CROSS JOIN photos p
LEFT JOIN placements pl ON pl.photo_id = p.id AND pl.run_id = runs.id ${membershipJoins};
`;
