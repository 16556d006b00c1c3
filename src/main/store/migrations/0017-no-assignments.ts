/** @file Nothing ever wrote what a head said of each photo: placements hold what is shown, and heads are kept whole. */
export const sql = /* sql */ `
DROP TABLE cluster_assignments;
`;
