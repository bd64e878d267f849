/**
 * How many days lie between two dates of a customer: from the first order to the last.
 *
 * `floor((to - from) / 86,400,000 ms)` row by row, negative where `to` is earlier; missing where either date is.
 * Two time columns in, one number column in whole days added; all columns are passed on. Learns nothing. O(rows).
 *
 * Example: `daysBetween({ of: ['firstorder', 'lastorder'], as: 'activeDays' })` turns 1 and 31 March into 30.
 * Matches `(to - from).dt.days` of https://pandas.pydata.org/docs/reference/api/pandas.Series.dt.days.html
 */
import { z } from 'zod';
import { wholeDays } from './made-columns/days.ts';
import { defineMaker } from './made-columns/define-maker.ts';
import { madeNumbers } from './number-columns/made-numbers.ts';

const params = z.strictObject({
  of: z.array(z.string().min(1)).max(2).default([]).describe('The two time columns: from, to.'),
  as: z.string().min(1).nullable().default(null).describe('Name of the new column; null joins the names.'),
});

export const daysBetween = defineMaker<typeof params, null>({
  id: 'days-between',
  title: 'Days between two dates',
  params,
  examples: [
    { params: { of: ['joined', 'joined'] } },
    { params: { of: ['joined', 'joined'], as: 'nothing' } },
  ],
  sourceKinds: ['time'],
  sourceCount: 2,
  plan: ({ of, as }) => ({
    sources: of,
    made: { name: as ?? `days from ${of.join(' to ')}`, kind: 'number' },
  }),
  learn: () => null,
  make([from, to], { made }, rowCount) {
    if (from?.kind !== 'time' || to?.kind !== 'time') throw new TypeError('days-between: two dates needed');
    const values = madeNumbers(rowCount, (row) => wholeDays(from.values[row]!, to.values[row]!));
    return { name: made.name, kind: 'number', values };
  },
  describe: ({ made, sources }) => `${made.name} counts the days from ${sources.join(' to ')}.`,
});
