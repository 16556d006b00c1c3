/** @file Whether folders are watched for new photos while the library is open. Written by the host. */
export const sql = /* sql */ `
ALTER TABLE library ADD COLUMN is_watching INTEGER NOT NULL DEFAULT 1;
`;
