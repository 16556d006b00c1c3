/** @file The curve of a run shows the score that groupings were compared by, which is no longer their modularity. */
export const sql = /* sql */ `
UPDATE runs SET report = replace(report, '"modularity":', '"score":');
`;
