/** @file Names of files that were passed over, and whether runs go gently. The worker writes `left_out`, the host `is_gentle`. */
export const sql = /* sql */ `
CREATE TABLE left_out (
  folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
  path TEXT NOT NULL,                  -- relative to the folder
  kind TEXT NOT NULL CHECK (kind IN ('video', 'link', 'special', 'other')),
  PRIMARY KEY (folder_id, path)
) STRICT, WITHOUT ROWID;

ALTER TABLE library ADD COLUMN is_gentle INTEGER NOT NULL DEFAULT 0;
`;
