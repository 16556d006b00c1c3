/** @file New photos are placed by what a run learned without them: which those are, and which learning made each head. */
export const sql = /* sql */ `
ALTER TABLE photo_vectors ADD COLUMN came_later INTEGER NOT NULL DEFAULT 0; -- the model was learned without it
ALTER TABLE run_heads ADD COLUMN learning_version INTEGER NOT NULL DEFAULT 0; -- unknown: 0
`;
