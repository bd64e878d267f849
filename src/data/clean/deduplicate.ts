/**
 * Keeps one row a customer where a table names some twice: the last, as later lines usually correct earlier ones.
 *
 * Of rows with equal values in `by` the last (or the first) in the order of the file stays, where it stands. Rows in
 * which a column of `by` is missing are compared with none and stay. O(rows x columns of `by`).
 *
 * Example: `{ repair: deduplicate, by: customerID, keep: last }`.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.drop_duplicates.html with `subset`.
 */
import { z } from 'zod';
import { countOf, listNames, printable } from '../../base/text.ts';
import { columnList, defineRepair } from '../repair.ts';
import { rowKeys } from './rows/row-keys.ts';
import { rowsWhere } from './rows/rows-where.ts';

export const deduplicate = defineRepair({
  id: 'deduplicate',
  title: 'Keep one of the rows that name the same customer',
  reach: 'rows',
  params: z.strictObject({
    by: z.union([z.string().min(1), columnList]).describe('The column, or columns, that name a customer.'),
    keep: z.enum(['last', 'first']).default('last').describe('Which of the rows stays.'),
  }),
  columnsOf: ({ by }) => [by].flat().map((name) => ({ name })),
  apply(table, { by, keep }) {
    const names = [by].flat();
    const keys = rowKeys('deduplicate', table, names);
    const chosen = new Map<string, number>();
    keys.forEach((key, row) => {
      if (key !== null && (keep === 'last' || !chosen.has(key))) chosen.set(key, row);
    });
    const kept = rowsWhere(table.rowCount, (row) => keys[row] === null || chosen.get(keys[row]!) === row);
    const dropped = table.rowCount - kept.length;
    if (dropped === 0) return { message: null };
    return {
      kept,
      message: `deduplicate: ${countOf(dropped, 'row')} repeated ${listNames(names.map(printable))}: the ${keep} was kept`,
    };
  },
});
