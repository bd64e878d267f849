/**
 * What two numbers of a customer give together: orders times average order is turnover.
 *
 * `first * second` row by row; missing where either is. Two number or boolean columns in (booleans as 0 and 1), one
 * number column added in the product of their units; all columns are passed on. Learns nothing. O(rows).
 *
 * Example: `product({ of: ['orders', 'averageOrder'], as: 'turnover' })` turns 3 and 20 into 60.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.mul.html
 */
import { defineArithmetic } from './made-columns/arithmetic.ts';

export const product = defineArithmetic({
  id: 'product',
  title: 'Product of two columns',
  sign: '*',
  compute: (first, second) => first * second,
});
