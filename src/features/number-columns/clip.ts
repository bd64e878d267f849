import { type NumberColumn, sharedFloats } from '../../table/column.ts';

/** The column with values below `lower` and above `upper` put on the bound; null is no bound, missing stays missing. */
export function clipped(column: NumberColumn, lower: number | null, upper: number | null): NumberColumn {
  if (lower === null && upper === null) return column;
  const low = lower ?? Number.NEGATIVE_INFINITY;
  const high = upper ?? Number.POSITIVE_INFINITY;
  const source = column.values;
  const values = sharedFloats(source.length);
  for (let row = 0; row < source.length; row++) {
    const value = source[row]!;
    values[row] = value < low ? low : value > high ? high : value;
  }
  return { name: column.name, kind: 'number', values };
}
