/**
 * @file The first schema. Who writes what: the pipeline worker writes `photos`, `embeddings`, `feature_models`, `neighbor_lists`,
 * `runs`, `stage_results`, `cluster_assignments` and `placements`; the host writes what the person does: `groups`, `overrides`,
 * `rejections`, `pair_constraints`, `journal` and the export tables. See [Note: Runs propose, the person decides] in ../memberships.ts.
 */
export const sql = /* sql */ `
CREATE TABLE library (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  uuid TEXT NOT NULL,
  seed INTEGER NOT NULL,               -- one seed a library; every sub-seed derives from it
  left_out INTEGER NOT NULL DEFAULT 0, -- files passed over by the last index (hidden, system, not photos)
  revision INTEGER NOT NULL DEFAULT 0, -- rises with every change a person can see
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,           -- absolute, real path (links resolved)
  is_offline INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE photos (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  path TEXT NOT NULL,                  -- relative to the folder, '/' between parts
  size_bytes INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  content_hash TEXT,                   -- SHA-256 of the file, hex; null until it was read
  perceptual_hash BLOB,                -- 64-bit difference hash, 8 bytes big-endian
  format TEXT,                         -- 'jpeg', 'png', 'heif', …
  width INTEGER,                       -- as displayed, after orientation
  height INTEGER,
  orientation INTEGER,                 -- EXIF 1–8
  taken_at TEXT,                       -- ISO 8601 as the camera wrote it, with its offset where known
  taken_at_ms INTEGER,                 -- the same as a sortable number; UTC where the offset is known
  camera TEXT,
  latitude REAL,
  longitude REAL,
  status TEXT NOT NULL CHECK (status IN ('indexable', 'indexed', 'failed')),
  reason TEXT,                         -- why it failed, in words a person understands
  num_crashes INTEGER NOT NULL DEFAULT 0, -- times the worker died while reading it
  primary_photo_id INTEGER REFERENCES photos (id), -- set on the lesser half of a RAW+JPEG or Live pair
  unit_photo_id INTEGER REFERENCES photos (id) ON DELETE SET NULL, -- the photo that stands for its burst or copies; itself where it does
  is_missing INTEGER NOT NULL DEFAULT 0,  -- not seen by the last index of an online folder
  UNIQUE (folder_id, path)
) STRICT;
CREATE INDEX photos_by_content_hash ON photos (content_hash);
CREATE INDEX photos_by_status ON photos (status);
CREATE INDEX photos_by_unit ON photos (unit_photo_id);

CREATE TABLE embeddings (
  trunk_id TEXT NOT NULL,
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  view_index INTEGER NOT NULL,         -- 0 is the canonical view
  vector BLOB NOT NULL,                -- float16 little-endian, F values, not normalised
  PRIMARY KEY (trunk_id, photo_id, view_index)
) STRICT;

CREATE TABLE feature_models (
  id INTEGER PRIMARY KEY,
  trunk_id TEXT NOT NULL,
  input_hash TEXT NOT NULL UNIQUE,     -- of the trunk, views, seed, engine and the photos it learned from
  model BLOB NOT NULL,                 -- whitening and adapter, see ml/feature-model.ts
  report TEXT NOT NULL,                -- JSON
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE neighbor_lists (
  feature_model_id INTEGER NOT NULL REFERENCES feature_models (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  neighbor_ids BLOB NOT NULL,          -- int32 little-endian photo ids, nearest first
  similarities BLOB NOT NULL,          -- float32 little-endian cosines, same order
  PRIMARY KEY (feature_model_id, photo_id)
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  seed INTEGER NOT NULL,
  options TEXT NOT NULL,               -- JSON, RunOptions
  input_hash TEXT,                     -- of options and photo contents; an equal finished run makes a new one unnecessary
  engine TEXT,
  trunk_id TEXT NOT NULL,
  num_views INTEGER,
  state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'cancelled', 'failed')),
  verdict TEXT CHECK (verdict IN ('groups', 'no-clear-groups', 'too-few-photos')),
  has_draft INTEGER NOT NULL DEFAULT 0,
  report TEXT NOT NULL DEFAULT '{}',   -- JSON: findings and the curve
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

CREATE TABLE stage_results (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  input_hash TEXT,                     -- of everything the stage depends on; equal input, equal output
  seconds REAL NOT NULL,               -- summed over resumed parts
  items INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (run_id, stage)
) STRICT;

CREATE TABLE checkpoints (
  key TEXT PRIMARY KEY,                -- hash of the input it was computed from
  stage TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE, -- the last run that used it
  value BLOB NOT NULL                  -- what a resumed run takes instead of computing it again
) STRICT;

CREATE TABLE cluster_assignments (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  label INTEGER NOT NULL,              -- argmax over clusters
  confidence REAL NOT NULL,            -- calibrated, see ml/confidence.ts
  probs BLOB,                          -- float16 little-endian, C values
  PRIMARY KEY (run_id, photo_id)
) STRICT;

CREATE TABLE groups (
  id TEXT PRIMARY KEY,                 -- UUID, outlives runs
  name TEXT,                           -- null while unnamed
  cover_photo_id INTEGER REFERENCES photos (id) ON DELETE SET NULL,
  is_hidden INTEGER NOT NULL DEFAULT 0,
  is_pinned INTEGER NOT NULL DEFAULT 0,
  merged_into TEXT REFERENCES groups (id), -- an alias: everything placed here is shown there
  split_from TEXT REFERENCES groups (id),
  made_by TEXT NOT NULL CHECK (made_by IN ('run', 'person')),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE placements (
  photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  group_id TEXT REFERENCES groups (id) ON DELETE SET NULL, -- null: Unsorted
  confidence REAL NOT NULL,
  typicality REAL NOT NULL             -- orders photos inside a group, most typical first
) STRICT;
CREATE INDEX placements_by_group ON placements (group_id);

CREATE TABLE overrides (
  photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
  group_id TEXT REFERENCES groups (id), -- null: the person sent it to Unsorted
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX overrides_by_group ON overrides (group_id);

CREATE TABLE rejections (
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL REFERENCES groups (id),
  created_at TEXT NOT NULL,
  PRIMARY KEY (photo_id, group_id)
) STRICT;

CREATE TABLE pair_constraints (
  photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  other_photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('together', 'apart')),
  created_at TEXT NOT NULL,
  PRIMARY KEY (photo_id, other_photo_id),
  CHECK (photo_id < other_photo_id)
) STRICT;

-- Where every shown photo is now: see [Note: Runs propose, the person decides] in ../memberships.ts.
CREATE VIEW memberships AS
SELECT
  p.id AS photo_id,
  CASE
    WHEN o.photo_id IS NOT NULL THEN coalesce(og.merged_into, og.id)
    WHEN EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (pg.id, pg.merged_into)) THEN NULL
    ELSE coalesce(pg.merged_into, pg.id)
  END AS group_id,
  o.photo_id IS NOT NULL AS is_placed,
  CASE WHEN o.group_id IS NOT NULL THEN 1.0 ELSE coalesce(pl.confidence, 0.0) END AS confidence,
  coalesce(pl.typicality, 0.0) AS typicality
FROM photos p
LEFT JOIN placements pl ON pl.photo_id = p.id
LEFT JOIN groups pg ON pg.id = pl.group_id
LEFT JOIN overrides o ON o.photo_id = p.id
LEFT JOIN groups og ON og.id = o.group_id
WHERE p.status = 'indexed' AND p.is_missing = 0 AND p.primary_photo_id IS NULL;

CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,                 -- in plain words
  changes TEXT NOT NULL,               -- JSON: rows before and after, see store/journal.ts
  at TEXT NOT NULL,
  is_undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE exports (
  id INTEGER PRIMARY KEY,
  destination TEXT NOT NULL,           -- absolute; links resolved as far as it existed when it was planned
  options TEXT NOT NULL,               -- JSON, ExportOptions
  state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'interrupted', 'done', 'failed', 'undoing', 'undone')),
  reason TEXT,                         -- why it stopped before its end, in words a person understands
  made_folders TEXT NOT NULL DEFAULT '[]', -- JSON: absolute folders that were not there before, outermost first, for undo
  started_at TEXT NOT NULL
) STRICT;

CREATE TABLE export_files (
  export_id INTEGER NOT NULL REFERENCES exports (id) ON DELETE CASCADE,
  file_index INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'sidecar', 'xmp', 'manifest')),
  photo_id INTEGER REFERENCES photos (id) ON DELETE SET NULL, -- of a sidecar: the photo it goes with
  source TEXT NOT NULL,                -- absolute path at planning time; '' for what Kindred writes itself
  path TEXT NOT NULL,                  -- the source as the person knows it: relative to its library folder
  target TEXT NOT NULL,                -- relative to the destination, '/' between parts
  size_bytes INTEGER NOT NULL,
  content_hash TEXT,                   -- SHA-256 of the source when it was indexed
  sha256 TEXT,                         -- of the source when it was written, equal to the target's
  target_mtime_ms REAL,                -- of the target after writing
  state TEXT NOT NULL CHECK (state IN
    ('planned', 'writing', 'written', 'moved', 'unchanged', 'skipped', 'failed', 'undone', 'kept')),
  reason TEXT,
  content TEXT,                        -- of what Kindred writes itself (xmp, manifest)
  PRIMARY KEY (export_id, file_index)
) STRICT;
CREATE INDEX export_files_by_target ON export_files (target);
`;
