/**
 * Fills a gap with the last value known before it: a price list that names the plan only where it changes.
 *
 * Rows are walked in the order of the file, or of `orderBy` (equal ones in the order of the file; rows without it
 * are left alone); with `by` each customer on their own (rows without it are left alone). A missing value takes the last
 * one met; before the first there is none and it stays missing. O(rows x columns), with `orderBy` O(rows x log rows).
 *
 * Example: `{ repair: fill-forward, columns: [plan], by: customerID, orderBy: month }`.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.ffill.html after a group-by.
 */
import { z } from 'zod';
import { countOf, listNames, printable } from '../../base/text.ts';
import { isMissing, takeFromColumn } from '../../table/column.ts';
import { requireColumn, type Table } from '../../table/table.ts';
import { columnList, defineRepair } from '../repair.ts';
import { rowKeys } from './rows/row-keys.ts';
import { rowsWhere } from './rows/rows-where.ts';

export const fillForward = defineRepair({
  id: 'fill-forward',
  title: 'Fill a gap with the last value before it',
  reach: 'file',
  params: z.strictObject({
    columns: columnList.describe('The columns whose gaps are filled.'),
    by: z.string().min(1).optional().describe('Values are carried within rows of one value here only.'),
    orderBy: z
      .string()
      .min(1)
      .optional()
      .describe('A time or number column; by default the order of the file.'),
  }),
  columnsOf: ({ columns, by, orderBy }) => [
    ...columns.map((name) => ({ name })),
    ...(by === undefined ? [] : [{ name: by }]),
    ...(orderBy === undefined ? [] : [{ name: orderBy, kinds: ['time', 'number'] as const }]),
  ],
  apply(table, { columns, by, orderBy }) {
    const order = walkingOrder(table, orderBy);
    const keys = by === undefined ? undefined : rowKeys('fill-forward', table, [by]);
    let filled = 0;
    const made = columns.map((name) => {
      const column = requireColumn('fill-forward', table, name);
      const from = Int32Array.from({ length: table.rowCount }, (_, row) => row);
      const last = new Map<string, number>();
      for (const row of order) {
        const key = keys ? keys[row]! : '';
        if (key === null) continue;
        if (!isMissing(column, row)) last.set(key, row);
        else if (last.has(key)) {
          from[row] = last.get(key)!;
          filled++;
        }
      }
      return takeFromColumn(column, from);
    });
    if (filled === 0) return { message: null };
    const where = listNames(columns.map(printable));
    return { columns: made, message: `fill-forward: ${countOf(filled, 'gap')} in ${where} filled` };
  },
});

function walkingOrder(table: Table, orderBy: string | undefined): Int32Array {
  if (orderBy === undefined) return rowsWhere(table.rowCount, () => true);
  const { values } = requireColumn('fill-forward', table, orderBy, 'time', 'number');
  return rowsWhere(table.rowCount, (row) => !Number.isNaN(values[row])).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
}
