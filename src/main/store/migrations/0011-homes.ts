/**
 * @file Photos keep a home, and homes keep the group they are shown in, so that what moves many photos at once (the detail slider, merging
 * two groups) changes some hundred rows and none a photo.
 *
 * [Note: Memberships are kept, not computed] `computed_memberships` says what is true; computing it for 100,000 photos took 0.4 s each time
 * it was asked. So `photo_homes` keeps a row a photo and `homes` a row a home: a group, or a leaf of a run's tree of groups (`run.leaf`).
 * The view `memberships` joins the two. Triggers copy a photo's row whenever something it depends on changes, in the same transaction,
 * so the tables cannot fall behind. Only new placements, which change every row, are copied by the store when all are written
 * (`refreshMemberships`). Where a home is shown decides about one thing more: a photo that was refused in that group has no home. Such
 * photos are few, and are copied when a home changes its group. Whoever changes the view fills the tables again in the same migration.
 */
const columns = 'photo_id, home, is_placed, confidence, typicality, is_accepted, section, taken_at';

/** Copies the rows of some photos anew. */
export const refreshShown = (condition: string): string => /* sql */ `
  DELETE FROM photo_homes WHERE photo_id ${condition};
  INSERT INTO photo_homes (${columns}) SELECT ${columns} FROM computed_memberships WHERE photo_id ${condition};`;

/** Copies every row anew. */
export const refreshMemberships = /* sql */ `
  DELETE FROM photo_homes;
  INSERT INTO photo_homes (${columns}) SELECT ${columns} FROM computed_memberships;`;

const EVENTS = [
  ['INSERT', 'NEW'],
  ['UPDATE', 'NEW'],
  ['DELETE', 'OLD'],
] as const;

/** Rows about one photo: whichever way one changes, the photo's row is copied. */
const photoTriggers = ['overrides', 'rejections', 'accepted_moves'].flatMap((table) =>
  EVENTS.map(([event, row]) => trigger(table, event, refreshShown(`= ${row}.photo_id`))),
);

/** Choosing the run that is shown anyway (accepting it) copies nothing. */
const choiceTriggers = [
  trigger('run_choices', 'INSERT', refreshMemberships, 'NEW.run_id <> NEW.newest_run_id'),
  trigger('run_choices', 'UPDATE', refreshMemberships, 'NEW.run_id <> OLD.run_id'),
  trigger('run_choices', 'DELETE', refreshMemberships, 'OLD.run_id <> OLD.newest_run_id'),
];

const leafHome = (row: string): string => `${row}.run_id || '.' || ${row}.leaf`;
const photosOfLeaf = (row: string): string =>
  `IN (SELECT photo_id FROM placements WHERE run_id = ${row}.run_id AND leaf = ${row}.leaf)`;
const refusedOfLeaf = `IN (SELECT photo_id FROM rejections JOIN placements USING (photo_id)
    WHERE run_id = NEW.run_id AND leaf = NEW.leaf)`;
const refusedOfGroup = `IN (
    SELECT r.photo_id FROM rejections r LEFT JOIN accepted_moves a ON a.photo_id = r.photo_id
    LEFT JOIN placements pl ON pl.photo_id = r.photo_id AND pl.run_id = (SELECT run_id FROM shown_run)
    LEFT JOIN leaf_groups lg ON lg.run_id = pl.run_id AND lg.leaf = pl.leaf
    WHERE NEW.id IN (a.group_id, coalesce(lg.group_id, pl.group_id)))`;

const leafTriggers = [
  trigger(
    'leaf_groups',
    'INSERT',
    `INSERT INTO homes SELECT ${leafHome('NEW')}, coalesce(merged_into, id) FROM groups WHERE id = NEW.group_id;
     ${refreshShown(photosOfLeaf('NEW'))}`,
  ),
  trigger(
    'leaf_groups',
    'UPDATE',
    `UPDATE homes SET group_id = (SELECT coalesce(merged_into, id) FROM groups WHERE id = NEW.group_id)
       WHERE home = ${leafHome('NEW')};
     ${refreshShown(refusedOfLeaf)}`,
  ),
  trigger(
    'leaf_groups',
    'DELETE',
    `DELETE FROM homes WHERE home = ${leafHome('OLD')};
     ${refreshShown(photosOfLeaf('OLD'))}`,
  ),
];

const groupTriggers = [
  trigger('groups', 'INSERT', 'INSERT INTO homes VALUES (NEW.id, coalesce(NEW.merged_into, NEW.id));'),
  trigger('groups', 'DELETE', 'DELETE FROM homes WHERE home = OLD.id;'),
  /* sql */ `
CREATE TRIGGER groups_after_merge AFTER UPDATE OF merged_into ON groups WHEN OLD.merged_into IS NOT NEW.merged_into BEGIN
  UPDATE homes SET group_id = coalesce(NEW.merged_into, NEW.id) WHERE home = NEW.id
    OR home IN (SELECT ${leafHome('lg')} FROM leaf_groups lg WHERE lg.group_id = NEW.id);
  ${refreshShown(refusedOfGroup)}
END;`,
];

function trigger(table: string, event: string, body: string, condition = '1'): string {
  const name = `${table}_after_${event.toLowerCase()}`;
  return `CREATE TRIGGER ${name} AFTER ${event} ON ${table} WHEN ${condition} BEGIN ${body}\nEND;\n`;
}

const oldTriggers = [
  ...['overrides', 'rejections', 'accepted_moves', 'run_choices', 'leaf_groups'].flatMap((table) =>
    EVENTS.map(([event]) => `${table}_after_${event.toLowerCase()}`),
  ),
  'photos_after_insert',
  'photos_after_update',
  'groups_after_merge',
];

export const sql = /* sql */ `
${oldTriggers.map((name) => `DROP TRIGGER ${name};`).join('\n')}
DROP TABLE memberships;
DROP VIEW computed_memberships;

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
    CASE
      WHEN o.photo_id IS NOT NULL THEN o.group_id
      WHEN ag.id IS NOT NULL THEN ag.id
      WHEN EXISTS (SELECT 1 FROM rejections r WHERE r.photo_id = p.id AND r.group_id IN (pg.id, pg.merged_into)) THEN NULL
      WHEN lg.leaf IS NOT NULL THEN ${leafHome('lg')}
      ELSE pl.group_id
    END AS home,
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

CREATE TABLE photo_homes (
  photo_id INTEGER PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
  home TEXT,                           -- null: Unsorted
  is_placed INTEGER NOT NULL,
  confidence REAL NOT NULL,
  typicality REAL NOT NULL,
  is_accepted INTEGER NOT NULL,
  section INTEGER NOT NULL,            -- 0 sure, 1 likely, 2 unsure
  taken_at TEXT                        -- as in photos, so that a group's span needs no second table
) STRICT;
CREATE INDEX photo_homes_in_order ON photo_homes (home, section, typicality DESC, photo_id);
CREATE INDEX photo_homes_by_typicality ON photo_homes (home, typicality DESC, photo_id);
CREATE INDEX photo_homes_summed ON photo_homes (home, confidence, taken_at);
CREATE INDEX photo_homes_unsure ON photo_homes (confidence, photo_id) WHERE home IS NOT NULL AND confidence < 0.5;

CREATE TABLE homes (
  home TEXT PRIMARY KEY,               -- a group's id, or run.leaf
  group_id TEXT NOT NULL               -- where it is shown: never one that was merged into another
) STRICT, WITHOUT ROWID;
CREATE INDEX homes_by_group ON homes (group_id);
INSERT INTO homes SELECT id, coalesce(merged_into, id) FROM groups;
INSERT INTO homes SELECT ${leafHome('lg')}, coalesce(g.merged_into, g.id) FROM leaf_groups lg JOIN groups g ON g.id = lg.group_id;

CREATE VIEW memberships AS
SELECT m.photo_id, h.group_id, m.is_placed, m.confidence, m.typicality, m.is_accepted, m.section, m.taken_at
FROM photo_homes m LEFT JOIN homes h ON h.home = m.home;
${refreshMemberships}
${[...photoTriggers, ...choiceTriggers, ...leafTriggers, ...groupTriggers].join('')}
CREATE TRIGGER photos_after_insert AFTER INSERT ON photos WHEN NEW.status = 'indexed' BEGIN ${refreshShown('= NEW.id')}
END;
CREATE TRIGGER photos_after_update AFTER UPDATE OF status, is_missing, primary_photo_id, taken_at ON photos
WHEN OLD.status IS NOT NEW.status OR OLD.is_missing IS NOT NEW.is_missing OR OLD.taken_at IS NOT NEW.taken_at
  OR OLD.primary_photo_id IS NOT NEW.primary_photo_id BEGIN ${refreshShown('= NEW.id')}
END;

-- The library's numbers are asked for at every change.
CREATE INDEX photos_counted ON photos (status) WHERE is_missing = 0 AND primary_photo_id IS NULL;
`;
