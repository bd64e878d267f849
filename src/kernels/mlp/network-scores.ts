/** What scoring with a network needs of whoever does the sums: the plain twin or the compiled kernel. */

/** Writes rows `from` to `from + count`, row-major, into `to` at place `at`. */
export type WriteRows = (to: Float64Array, at: number, from: number, count: number) => void;

/** Log-odds of so many rows. O(rows x weights). */
export type NetworkScores = (rowCount: number, write: WriteRows) => Float64Array;
