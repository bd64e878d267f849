/**
 * By how much one number of a customer exceeds another: this month's bill less last month's.
 *
 * `first - second` row by row; missing where either is. Two number or boolean columns of one unit in (booleans as 0
 * and 1), one number column of that unit added; all columns are passed on. Learns nothing. O(rows).
 *
 * Example: `difference({ of: ['bill', 'lastBill'], as: 'rise' })` turns 70 and 50 into 20.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.sub.html
 */
import { defineArithmetic } from './made-columns/arithmetic.ts';

export const difference = defineArithmetic({
  id: 'difference',
  title: 'Difference of two columns',
  sign: '-',
  compute: (first, second) => first - second,
});
