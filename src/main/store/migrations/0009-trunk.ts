/** @file Which trunk a library's runs use where they are not told another. */
export const sql = /* sql */ `
ALTER TABLE library ADD COLUMN trunk TEXT NOT NULL DEFAULT 'efficientnet-lite0';
`;
