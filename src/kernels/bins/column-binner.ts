/** What binning a table asks of whoever does the sums: the plain twin or the compiled kernel. Columns are left as they are. */
export interface ColumnBinner {
  /** The values that are no NaN, ascending; to be read before the next call. */
  sorted(column: Float64Array): Float64Array;
  /**
   * The bin of each value: the first whose largest value it does not exceed, 255 for NaN. `highs`, ascending, has the
   * largest value of each of at most 255 bins, and the last is at least the largest of the column.
   */
  place(column: Float64Array, highs: Float64Array): Uint8Array;
}

/** For columns of so many rows. */
export type OpenBinner = (rows: number) => ColumnBinner;
