/**
 * The columns of a table as arrays of plain numbers, for code that works column by column: what `toMatrix` gives, with its
 * errors, but not turned to rows.
 */
import { columnKindError, notFiniteError } from './matrix.ts';
import type { Table } from './table.ts';

/**
 * All columns in table order. Number and boolean columns only (false 0, true 1); missing is NaN and refused with
 * `column.not-finite` unless `missing: 'keep'`. Number columns are the table's own memory, never to be changed.
 * O(rows x columns).
 */
export function numberColumns(
  who: string,
  table: Table,
  missing: 'refuse' | 'keep' = 'refuse',
): readonly Float64Array[] {
  return table.columns.map((column) => {
    if (column.kind !== 'number' && column.kind !== 'boolean') throw columnKindError(who, column);
    const values =
      column.kind === 'number'
        ? column.values
        : Float64Array.from(column.values, (value) => (value < 0 ? Number.NaN : value));
    let absent = 0;
    for (const value of values) {
      // x - x is 0 for every finite number and NaN for the others.
      if (value - value !== 0 && (missing === 'refuse' || !Number.isNaN(value))) absent++;
    }
    if (absent > 0) throw notFiniteError(who, column.name, absent, table.rowCount);
    return values;
  });
}
