/** Numbers of a table's copy that are kept beside the table, so that the next who needs them finds them: 32 MB. A larger table is not held twice. */
export const mostKeptCells = 4_000_000;
