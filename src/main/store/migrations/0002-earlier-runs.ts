/**
 * @file Placements of several runs instead of the newest alone, so that what a run changed can be told, and an earlier run shown again.
 *
 * [Note: Which run is shown] The newest run that placed photos, unless the person chose another since: `run_choices` holds one choice for
 * each newest run, so a choice ends by itself when a later run is done, and taking it back can never hide a later run.
 */
const membershipColumns = /* sql */ `
  p.id AS photo_id,
  CASE
    WHEN o.photo_id IS NOT NULL THEN coalesce(og.merged_into, og.id)
    WHEN EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (pg.id, pg.merged_into)) THEN NULL
    ELSE coalesce(pg.merged_into, pg.id)
  END AS group_id,
  o.photo_id IS NOT NULL AS is_placed,
  CASE WHEN o.group_id IS NOT NULL THEN 1.0 ELSE coalesce(pl.confidence, 0.0) END AS confidence,
  coalesce(pl.typicality, 0.0) AS typicality`;

const membershipJoins = /* sql */ `
LEFT JOIN groups pg ON pg.id = pl.group_id
LEFT JOIN overrides o ON o.photo_id = p.id
LEFT JOIN groups og ON og.id = o.group_id
WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL`;

export const sql = /* sql */ `
DROP VIEW memberships;

CREATE TABLE run_placements (
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  group_id TEXT REFERENCES groups (id) ON DELETE SET NULL, -- null: Unsorted
  confidence REAL NOT NULL,
  typicality REAL NOT NULL,            -- orders photos inside a group, most typical first
  PRIMARY KEY (photo_id, run_id)
) STRICT, WITHOUT ROWID;
INSERT INTO run_placements (photo_id, run_id, group_id, confidence, typicality)
  SELECT photo_id, run_id, group_id, confidence, typicality FROM placements;
DROP TABLE placements;
ALTER TABLE run_placements RENAME TO placements;
CREATE INDEX placements_by_run ON placements (run_id);
CREATE INDEX placements_by_group ON placements (group_id);

ALTER TABLE runs ADD COLUMN base_run_id INTEGER; -- the run that was shown when this one placed its photos; it may be gone since

CREATE TABLE run_choices (
  newest_run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE, -- the choice holds until a later run is done
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, -- the one to show; equal: its changes were accepted
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE group_links (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('split', 'merged')),
  group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE, -- split: the new group; merged: the one that went
  other_group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE, -- split: where it came from; merged: where it went
  num_photos INTEGER NOT NULL,         -- that came or went
  PRIMARY KEY (run_id, kind, group_id)
) STRICT;

CREATE TABLE photo_vectors (
  feature_model_id INTEGER NOT NULL REFERENCES feature_models (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  vector BLOB NOT NULL,                -- float16 little-endian, D learned features, L2 norm 1; of the photo that stands for its burst
  PRIMARY KEY (feature_model_id, photo_id)
) STRICT;

CREATE VIEW shown_run AS
SELECT coalesce((SELECT c.run_id FROM run_choices c WHERE c.newest_run_id = newest.run_id), newest.run_id) AS run_id
FROM (SELECT max(run_id) AS run_id FROM placements) newest;

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
