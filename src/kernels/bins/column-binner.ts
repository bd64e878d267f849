/** What binning a table asks of whoever does the sums: the plain twin or the compiled kernel. Columns are left as they are. */
export interface ColumnBinner {
  /** The different values that are no NaN, ascending, where they are at most 8: so few need no sorting. */
  few(column: Float64Array): Float64Array | undefined;
  /** The values that are no NaN, ascending; to be read before the next call. */
  sorted(column: Float64Array): Float64Array;
  /** Fills in the bin of each value: how many of at most 254 ascending edges lie below it, `missingBin` for NaN. */
  place(column: Float64Array, edges: Float64Array, missingBin: number, bins: Uint8Array): void;
}

/** The most values that are few. */
export const fewValues = 8;

/** Hands out a binner for columns of so many rows at most; it is not to be used afterwards. */
export type UseBinner = <Result>(rows: number, use: (binner: ColumnBinner) => Result) => Result;
