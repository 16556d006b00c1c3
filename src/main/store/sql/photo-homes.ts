/**
 * @file Fills `photo_homes`, which says where every photo is shown, from the view `computed_memberships` (see [Note: Memberships are kept, not
 * computed] in ../migrations/0011-homes.ts). Migrations are frozen and keep a text of their own.
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
