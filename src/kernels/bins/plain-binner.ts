/** Sorts columns and gives their values bins in plain TypeScript: what the compiled kernel is held against. */
import { type ColumnBinner, fewValues } from './column-binner.ts';

const sorted = (column: Float64Array): Float64Array => column.filter((value) => !Number.isNaN(value)).sort();

export const plainBinner: ColumnBinner = {
  sorted,
  few(column) {
    const distinct = sorted(column).filter((value, i, all) => i === 0 || value !== all[i - 1]);
    return distinct.length <= fewValues ? distinct : undefined;
  },
  place(column, edges, missingBin, bins) {
    column.forEach((value, row) => {
      bins[row] = Number.isNaN(value) ? missingBin : edges.filter((edge) => edge < value).length;
    });
  },
};
