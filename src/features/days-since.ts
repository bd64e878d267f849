/**
 * How long ago something was: days since the last order, since the account was opened.
 *
 * `floor((reference - date) / 86,400,000 ms)`: whole days before the reference date, negative for dates after it (with
 * a note), missing where the date is. The reference date is the data set's (`data.referenceDate` of the project
 * file). Without one it is the newest date of the training rows in `among`, with a note; it is part of
 * the state, so every later score counts from the same day. One time column in, one number column in days added;
 * all columns are passed on. O(rows).
 *
 * Example: `daysSince({ of: 'lastorder', as: 'days_since_last_order' })`, reference 2018-01-22, turns 2018-01-01 into 21.
 * Matches `(reference - dates).dt.days` of https://pandas.pydata.org/docs/reference/api/pandas.Series.dt.days.html
 */
import { z } from 'zod';
import { listNames, printable } from '../base/text.ts';
import type { Context } from '../learn/context.ts';
import type { FittedTransformer } from '../learn/definition.ts';
import type { Dataset } from '../table/dataset.ts';
import { requireColumn } from '../table/table.ts';
import { wholeDays } from './made-columns/days.ts';
import { defineMaker, type MadeState } from './made-columns/define-maker.ts';
import { madeNumbers } from './number-columns/made-numbers.ts';

const params = z.strictObject({
  of: z.string().min(1).nullable().default(null).describe('The time column.'),
  as: z.string().min(1).nullable().default(null).describe('Name of the new column; null makes one of `of`.'),
  among: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Time columns whose newest date is "now" where there is no reference date; by default that of `of`.',
    ),
});

/** Epoch milliseconds UTC; null when training had no reference date and no date at all. */
export type DaysSinceState = MadeState<{ readonly reference: number | null }>;

export const daysSince = defineMaker<typeof params, { readonly reference: number | null }>({
  id: 'days-since',
  title: 'Days since a date',
  params,
  examples: [
    { params: { of: 'joined', as: 'accountAgeDays' } },
    { params: { of: 'joined', among: ['joined'] } },
  ],
  sourceKinds: ['time'],
  sourceCount: 1,
  plan: ({ of, as }) => ({
    sources: of === null ? [] : [of],
    made: { name: as ?? `days since ${of}`, kind: 'number' },
  }),
  learn(data, { of, among }, ctx) {
    const reference = data.referenceDate ?? newestDate(data, of!, among, ctx);
    const { values } = requireColumn('days-since', data.table, of!, 'time');
    if (reference !== null && values.some((date) => date > reference)) {
      ctx.note({
        code: 'days-since.future',
        message: `days-since: some dates of ${printable(of!)} lie after the reference date and give negative days`,
        column: of!,
      });
    }
    return { reference };
  },
  make([dates], { made, setting }, rowCount) {
    if (dates?.kind !== 'time') throw new TypeError('days-since: a date needed');
    const now = setting.reference ?? Number.NaN;
    const values = madeNumbers(rowCount, (row) => wholeDays(dates.values[row]!, now));
    return { name: made.name, kind: 'number', values };
  },
  describe: ({ made, sources, setting }) =>
    setting.reference === null
      ? `${made.name} is missing: training had no date to count from.`
      : `${made.name} counts the days from ${sources[0]} to ${new Date(setting.reference).toISOString().slice(0, 10)}.`,
});

/** The day (YYYY-MM-DD) that fitted steps count from, or null when none of them counts. */
export function referenceDateOf(steps: readonly FittedTransformer[]): string | null {
  for (const step of steps) {
    if (step.id !== daysSince.id) continue;
    const { reference } = (step.state as DaysSinceState).setting;
    if (reference !== null) return new Date(reference).toISOString().slice(0, 10);
  }
  return null;
}

function newestDate(data: Dataset, of: string, among: readonly string[], ctx: Context): number | null {
  const names = among.length === 0 ? [of] : among;
  let newest = Number.NEGATIVE_INFINITY;
  for (const name of names) {
    for (const date of requireColumn('days-since', data.table, name, 'time').values)
      if (date > newest && Number.isFinite(date)) newest = date;
  }
  ctx.note({
    code: 'days-since.reference',
    message: `days-since: no reference date is given, so the newest date of the training rows in ${listNames(names.map(printable))} is "now"; set data.referenceDate to choose it`,
    column: of,
  });
  return newest === Number.NEGATIVE_INFINITY ? null : newest;
}
