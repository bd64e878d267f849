/**
 * Leaves out rows that lack what makes them a customer at all, such as the id.
 *
 * A row goes when any of `columns` is missing in it; an unreadable value counts as missing. O(rows x columns).
 *
 * Example: `{ repair: drop-missing, columns: [custid] }`.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.dropna.html with `subset`.
 */
import { z } from 'zod';
import { countOf, listNames, printable } from '../../base/text.ts';
import { isMissing } from '../../table/column.ts';
import { requireColumn } from '../../table/table.ts';
import { columnList, defineRepair } from '../repair.ts';
import { rowsWhere } from './rows/rows-where.ts';

export const dropMissing = defineRepair({
  id: 'drop-missing',
  title: 'Leave out rows without a value',
  reach: 'rows',
  params: z.strictObject({
    columns: columnList.describe('A row without a value in any of these is left out.'),
  }),
  columnsOf: ({ columns }) => columns.map((name) => ({ name })),
  apply(table, { columns }) {
    const needed = columns.map((name) => requireColumn('drop-missing', table, name));
    const kept = rowsWhere(table.rowCount, (row) => !needed.some((column) => isMissing(column, row)));
    const dropped = table.rowCount - kept.length;
    if (dropped === 0) return { message: null };
    return {
      kept,
      message: `drop-missing: ${countOf(dropped, 'row')} without ${listNames(columns.map(printable))} left out`,
    };
  },
});
