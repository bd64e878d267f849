/**
 * Moves dates that stand a fixed number of days off, as a block of rows pasted from a spreadsheet of the other
 * calendar does: Excel's 1904 dates are 1,462 days late when read as 1900 dates.
 *
 * Adds `days` to the dates of `columns` in the rows `fromRow` to `toRow` of the file, counted from 1 below the header,
 * both included; by default in all. Missing dates stay missing. O(rows x columns).
 *
 * Example: `{ repair: shift-dates, columns: [created, lastorder], days: -1462, fromRow: 24580 }`.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.Timedelta.html added to a slice of a column.
 */
import { z } from 'zod';
import { countOf, listNames, printable } from '../../base/text.ts';
import { sharedFloats } from '../../table/column.ts';
import { requireColumn } from '../../table/table.ts';
import { columnList, defineRepair } from '../repair.ts';

const dayMs = 86_400_000;

export const shiftDates = defineRepair({
  id: 'shift-dates',
  title: 'Move dates by a number of days',
  reach: 'file',
  params: z.strictObject({
    columns: columnList.describe('The time columns.'),
    days: z.int().min(-100_000).max(100_000).describe('Days to add; negative moves back.'),
    fromRow: z
      .int()
      .min(1)
      .default(1)
      .describe('First row of the file that is moved, from 1 below the header.'),
    toRow: z.int().min(1).optional().describe('Last row that is moved; by default the last of the file.'),
  }),
  columnsOf: ({ columns }) => columns.map((name) => ({ name, kinds: ['time'] as const })),
  apply(table, { columns, days, fromRow, toRow = Number.POSITIVE_INFINITY }, { places }) {
    let moved = 0;
    const made = columns.map((name) => {
      const column = requireColumn('shift-dates', table, name, 'time');
      const values = sharedFloats(table.rowCount);
      for (let row = 0; row < table.rowCount; row++) {
        const line = places[row]! + 1;
        const isMoved = line >= fromRow && line <= toRow;
        values[row] = isMoved ? column.values[row]! + days * dayMs : column.values[row]!;
        if (isMoved && !Number.isNaN(values[row])) moved++;
      }
      return { ...column, values };
    });
    if (moved === 0) return { message: null };
    const where = listNames(columns.map(printable));
    return {
      columns: made,
      message: `shift-dates: ${countOf(moved, 'date')} of ${where} moved by ${countOf(days, 'day')}`,
    };
  },
});
