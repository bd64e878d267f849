/**
 * How much of one thing a customer has for each of another: balance a product, spending a month.
 *
 * `numerator / denominator` row by row; a denominator of 0 gives missing, as does a missing source. Two number or
 * boolean columns in (booleans as 0 and 1), one number column added in the first unit per the second; all columns
 * are passed on. Learns nothing. O(rows).
 *
 * Example: `ratio({ of: ['balance', 'products'], as: 'balance_per_product' })` turns 90 and 3 into 30.
 * Matches `numerator / denominator` of https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.div.html,
 * where a denominator of 0 gives infinity, which no model can read.
 */
import { defineArithmetic } from './made-columns/arithmetic.ts';

export const ratio = defineArithmetic({
  id: 'ratio',
  title: 'Ratio of two columns',
  sign: '/',
  // 5 / 0 is infinite and 0 / 0 no number: both become missing.
  compute: (numerator, denominator) => numerator / denominator,
});
