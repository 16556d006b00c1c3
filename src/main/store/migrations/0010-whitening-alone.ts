/** @file Features are whitened and nothing else: there is no more to report of them. Models of before are learned anew. */
export const sql = /* sql */ `
DELETE FROM feature_models;
ALTER TABLE feature_models DROP COLUMN report;
`;
