/** The natural logarithm, JavaScript's: one a pair and head, so a table of its own would not pay. */
export declare function log(value: f64): f64;
