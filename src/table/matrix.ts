/** The bridge from columns to numeric code: a row-major matrix of plain numbers. */
import { ColumnError } from '../base/errors.ts';
import { mostKeptCells } from '../base/kept-cells.ts';
import { printable } from '../base/text.ts';
import type { Matrix } from '../math/linear-algebra.ts';
import type { BooleanColumn, Column, NumberColumn } from './column.ts';
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
  for (const column of table.columns) numbersOf(who, column);
  let areSound = true;
  for (let from = 0; from < rows; from += nearRows) {
    const count = Math.min(nearRows, rows - from);
    if (!writeRows(who, table, values, from * columns, from, count, missing)) areSound = false;
  }
  if (!areSound) refuseStrange(who, table, missing);
  return { rows, columns, values };
}

const kept = new WeakMap<Table, Matrix>();

/**
 * `toMatrix` without missing values, made once for all who ask for the same table: the candidates of a search learn from the same rows.
 * Kept as long as the table, up to `mostKeptCells`. Nobody may write into it.
 */
export function keptMatrix(who: string, table: Table): Matrix {
  const before = kept.get(table);
  if (before) return before;
  const made = toMatrix(who, table);
  if (made.values.length <= mostKeptCells) kept.set(table, made);
  return made;
}

/** Rows of a matrix that stay near the processor while one column after the other is written into them. */
const nearRows = 64;

/**
 * Writes rows `from` to `from + count` as `toMatrix` has them into `to` at place `at`, for code that keeps memory of its own.
 * False where a value is infinite, or missing and not to be kept: `toMatrix` says which. O(count x columns).
 */
export function writeRows(
  who: string,
  { columns }: Table,
  to: Float64Array,
  at: number,
  from: number,
  count: number,
  missing: 'refuse' | 'keep' = 'refuse',
): boolean {
  const keepsMissing = missing === 'keep';
  let strange = 0;
  for (let c = 0; c < columns.length; c++) {
    const { kind, values } = numbersOf(who, columns[c]!);
    const isBoolean = kind === 'boolean';
    for (let r = from, place = at + c; r < from + count; r++, place += columns.length) {
      let value = values[r]!;
      if (isBoolean && value < 0) value = Number.NaN;
      // x - x is 0 for every finite number and NaN for the others.
      if (value - value !== 0 && !(keepsMissing && Number.isNaN(value))) strange++;
      to[place] = value;
    }
  }
  return strange === 0;
}

/** Names the first column with infinite values, or with missing ones where those are refused. */
function refuseStrange(who: string, { columns, rowCount }: Table, missing: 'refuse' | 'keep'): void {
  for (const column of columns) {
    const { kind, values } = numbersOf(who, column);
    let absent = 0;
    for (const value of values) {
      const isMissing = Number.isNaN(value) || (kind === 'boolean' && value < 0);
      if (isMissing ? missing === 'refuse' : value - value !== 0) absent++;
    }
    if (absent > 0) throw notFiniteError(who, column.name, absent, rowCount);
  }
}

function numbersOf(who: string, column: Column): NumberColumn | BooleanColumn {
  if (column.kind === 'number' || column.kind === 'boolean') return column;
  throw columnKindError(who, column);
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
