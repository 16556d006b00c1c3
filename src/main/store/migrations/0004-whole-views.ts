/** @file Views show the whole middle square and larger crops: what was computed from the earlier cuts would not compare with them. */
export const sql = /* sql */ `
DELETE FROM embeddings;
`;
