import { sharedFloats } from '../../table/column.ts';

/** The values of a new number column, one a row. */
export function madeNumbers(rowCount: number, valueAt: (row: number) => number): Float64Array {
  const values = sharedFloats(rowCount);
  for (let row = 0; row < rowCount; row++) values[row] = valueAt(row);
  return values;
}
