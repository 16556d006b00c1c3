/** @file A library's trunk may be unsaid: its first run then takes the one that suits its photos. Libraries there are keep theirs. */
export const sql = /* sql */ `
ALTER TABLE library ADD COLUMN said_trunk TEXT;
UPDATE library SET said_trunk = trunk;
ALTER TABLE library DROP COLUMN trunk;
ALTER TABLE library RENAME COLUMN said_trunk TO trunk;
`;
