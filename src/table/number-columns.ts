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
    const values = column.kind === 'number' ? column.values : numbersOf(column.values);
    // Most columns have no others.
    if (areFinite(values)) return values;
    const absent = values.reduce(
      (count, value) =>
        value - value !== 0 && (missing === 'refuse' || !Number.isNaN(value)) ? count + 1 : count,
      0,
    );
    if (absent > 0) throw notFiniteError(who, column.name, absent, table.rowCount);
    return values;
  });
}

/** Whether no number is missing or infinite: x - x is 0 for every finite number and NaN for the others. Two sums: one would wait for itself. */
export function areFinite(values: Float64Array): boolean {
  let even = 0;
  let odd = 0;
  for (let row = 0; row + 1 < values.length; row += 2) {
    even += values[row]! - values[row]!;
    odd += values[row + 1]! - values[row + 1]!;
  }
  const last = values.at(-1) ?? 0;
  return even + odd + (last - last) === 0;
}

function numbersOf(booleans: Int8Array): Float64Array {
  const numbers = new Float64Array(booleans.length);
  for (let row = 0; row < numbers.length; row++)
    numbers[row] = booleans[row]! < 0 ? Number.NaN : booleans[row]!;
  return numbers;
}
