/** The rows for which something holds, ascending. */
export function rowsWhere(rowCount: number, holds: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) if (holds(row)) rows[count++] = row;
  return rows.slice(0, count);
}
