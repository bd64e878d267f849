/**
 * Takes what cannot be read for not known: `1/0/00` in a column of dates, "n.a." in one of numbers.
 *
 * A value of `columns` that is not readable as the column's kind breaks its row; with this repair it counts as missing
 * (which still breaks a row where the column is not `nullable`). O(unreadable values).
 *
 * Example: `{ repair: unreadable-as-missing, columns: [lastorder] }`.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.to_datetime.html with `errors='coerce'`.
 */
import { z } from 'zod';
import { countOf, listNames, printable } from '../../base/text.ts';
import { columnList, defineRepair } from '../repair.ts';

export const unreadableAsMissing = defineRepair({
  id: 'unreadable-as-missing',
  title: 'Take unreadable values for missing ones',
  reach: 'value',
  params: z.strictObject({
    columns: columnList.describe('The columns whose unreadable values are missing.'),
  }),
  columnsOf: ({ columns }) => columns.map((name) => ({ name })),
  apply(_table, { columns }, { unreadable }) {
    const count = columns.reduce((sum, name) => sum + (unreadable.get(name) ?? 0), 0);
    return count === 0
      ? { message: null }
      : { accepted: columns, changed: count, message: told(count, columns) };
  },
  tell: (changed, { columns }) => told(changed, columns),
});

const told = (count: number, columns: readonly string[]): string =>
  `unreadable-as-missing: ${countOf(count, 'value')} of ${listNames(columns.map(printable))} taken for missing`;
