/** The bridge from columns to numeric code: a row-major matrix of plain numbers. */
import { ColumnError } from '../base/errors.ts';
import { printable } from '../base/text.ts';
import type { Matrix } from '../math/linear-algebra.ts';
import type { Column } from './column.ts';
import type { Table } from './table.ts';

export type { Matrix };

/**
 * All columns of a table as a matrix, in table order. Number and boolean columns only (false 0, true 1);
 * missing is NaN and refused with `column.not-finite` unless `missing: 'keep'`. O(rows x columns).
 */
export function toMatrix(who: string, table: Table, missing: 'refuse' | 'keep' = 'refuse'): Matrix {
  const rows = table.rowCount;
  const columns = table.columns.length;
  const values = new Float64Array(rows * columns);
  table.columns.forEach((column, c) => {
    if (column.kind !== 'number' && column.kind !== 'boolean') {
      throw columnKindError(who, column);
    }
    let absent = 0;
    const source = column.values;
    const isBoolean = column.kind === 'boolean';
    for (let r = 0, at = c; r < rows; r++, at += columns) {
      let value = source[r]!;
      if (isBoolean && value < 0) value = Number.NaN;
      // x - x is 0 for every finite number and NaN for the others.
      if (value - value !== 0 && (missing === 'refuse' || !Number.isNaN(value))) absent++;
      values[at] = value;
    }
    if (absent > 0) throw notFiniteError(who, column.name, absent, rows);
  });
  return { rows, columns, values };
}

/**
 * Writes rows `from` to `from + count` as `toMatrix` has them into `to` at place `at`, for code that keeps memory of its own.
 * False where a value is missing or infinite: `toMatrix` says which. O(count x columns).
 */
export function writeRows(
  who: string,
  { columns }: Table,
  to: Float64Array,
  at: number,
  from: number,
  count: number,
): boolean {
  let strange = 0;
  for (let c = 0; c < columns.length; c++) {
    const column = columns[c]!;
    if (column.kind !== 'number' && column.kind !== 'boolean') throw columnKindError(who, column);
    const source = column.values;
    const isBoolean = column.kind === 'boolean';
    for (let r = from, place = at + c; r < from + count; r++, place += columns.length) {
      const value = source[r]!;
      if (value - value !== 0 || (isBoolean && value < 0)) strange++;
      to[place] = value;
    }
  }
  return strange === 0;
}

/** Columns of other kinds are no numbers. */
export const columnKindError = (who: string, { name, kind }: Column) =>
  new ColumnError(
    'column.kind',
    `${who}: column ${printable(name)} is of kind ${kind}, number required; encode it before`,
    { who, column: name, kind },
  );

/** Numbers that nothing can be learned from or scored by. */
export const notFiniteError = (who: string, column: string, absent: number, rows: number) =>
  new ColumnError(
    'column.not-finite',
    `${who}: column ${printable(column)} is missing or infinite in ${absent} of ${rows} rows; impute it before`,
    { who, column, rows: absent },
  );
