/** Views are cut with a seed of their own: another seed for the learning must not mean embedding everything again. */
export const VIEW_SEED = 1;

/** Share of the stage that the first pass takes, by measurement on `things`. */
export const FIRST_PASS = 0.3;
