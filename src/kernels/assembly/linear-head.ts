/**
 * How the rows of a logistic regression lie in memory; laid out by `kernels/linear/packed-rows.ts`.
 *
 * Rows stand in blocks of 256, filled up with rows of weight 0. Columns of two values are held as patterns: a group of
 * them takes one byte a row, the number of the row's pattern, so that a table look-up stands for many products and a
 * count by pattern for many sums. Other columns ("dense", the first of them all ones) stand column by column in each
 * block.
 */

export const blockRows: usize = 256;
export const columnBytes: usize = 2048;
/** Places that a table of patterns has. */
export const patternBytes: usize = 2048;
/** Rows add to four tables by turns: a row whose pattern is that of the one before would wait for its sum. */
export const bankCount: usize = 4;

// Words of the head, as byte offsets: how many blocks, groups and dense columns (a multiple of 4).
export const blockCount: usize = 0;
export const groupCount: usize = 4;
export const width: usize = 8;
// Addresses: values of dense columns; patterns, group by group over all rows.
export const dense: usize = 12;
export const codes: usize = 16;
// A number a row: 1 for who stayed and -1 for who left; what the row counts; its curvature.
export const signs: usize = 20;
export const weights: usize = 24;
export const curvatures: usize = 28;
// Of the coefficients: one a dense column; what each pattern adds to the log-odds.
export const slopes: usize = 32;
export const tables: usize = 36;
// Results: the gradient of dense columns, and by pattern.
export const denseGradient: usize = 40;
export const patternGradient: usize = 44;
// How many patterns each group has; room for a number of each row of a block.
export const patternCounts: usize = 48;
export const rowNumbers: usize = 52;
// The second derivatives: dense by dense, pattern by dense, pattern by pattern of each two groups; and room for the dense
// columns of a block times their curvature, by column and by row.
export const denseGram: usize = 56;
export const mixedGram: usize = 60;
export const pairGram: usize = 64;
export const weighted: usize = 68;
export const weightedRows: usize = 72;
// Largest size of log-odds seen (a double).
export const largest: usize = 80;
