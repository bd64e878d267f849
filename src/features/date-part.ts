/**
 * The year, quarter, month, weekday, day or hour of a date: what season or habit may hide in.
 *
 * In UTC. `year`, `day` (of the month) and `hour` are numbers; `quarter` (Q1), `month` (January) and `weekday`
 * (Monday) are categories, since December stands beside January. Missing stays missing. One time column in, one
 * column added; all columns are passed on. Learns nothing. O(rows).
 *
 * Example: `datePart({ of: 'created', part: 'weekday', as: 'createdOn' })` turns 2024-02-29 into Thursday.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.Series.dt.day_name.html and its siblings.
 */
import { z } from 'zod';
import { sharedCodes } from '../table/column.ts';
import { defineMaker } from './made-columns/define-maker.ts';
import { madeNumbers } from './number-columns/made-numbers.ts';

const levelsOf = {
  quarter: ['Q1', 'Q2', 'Q3', 'Q4'],
  month: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  weekday: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

const parts = ['year', 'quarter', 'month', 'weekday', 'day', 'hour'] as const;
type Part = (typeof parts)[number];

const params = z.strictObject({
  of: z.string().min(1).nullable().default(null).describe('The time column.'),
  part: z.enum(parts).default('month').describe('Which part of the date.'),
  as: z.string().min(1).nullable().default(null).describe('Name of the new column; null makes one of `of`.'),
});

export const datePart = defineMaker<typeof params, { readonly part: Part }>({
  id: 'date-part',
  title: 'Part of a date',
  params,
  examples: [
    { params: { of: 'joined' } },
    { params: { of: 'joined', part: 'weekday', as: 'joinedOn' } },
    { params: { of: 'joined', part: 'year' } },
  ],
  sourceKinds: ['time'],
  sourceCount: 1,
  plan: ({ of, part, as }) => ({
    sources: of === null ? [] : [of],
    made: { name: as ?? `${part} of ${of}`, kind: part in levelsOf ? 'category' : 'number' },
  }),
  learn: (_data, { part }) => ({ part }),
  make([dates], { made, setting: { part } }, rowCount) {
    if (dates?.kind !== 'time') throw new TypeError('date-part: a date needed');
    const placeAt = (row: number): number => placeOf(dates.values[row]!, part);
    if (made.kind === 'number') {
      return { name: made.name, kind: 'number', values: madeNumbers(rowCount, placeAt) };
    }
    const codes = sharedCodes(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const place = placeAt(row);
      codes[row] = Number.isNaN(place) ? -1 : place;
    }
    return { name: made.name, kind: 'category', codes, levels: levelsOf[part as keyof typeof levelsOf] };
  },
  describe: ({ made, sources, setting }) => `${made.name} is the ${setting.part} of ${sources[0]}.`,
});

/** The number of a part; for categories the place in the list of levels. */
function placeOf(time: number, part: Part): number {
  const date = new Date(time);
  switch (part) {
    case 'year':
      return date.getUTCFullYear();
    case 'quarter':
      return Math.floor(date.getUTCMonth() / 3);
    case 'month':
      return date.getUTCMonth();
    case 'weekday':
      return (date.getUTCDay() + 6) % 7;
    case 'day':
      return date.getUTCDate();
    case 'hour':
      return date.getUTCHours();
  }
}
