/** Writes a table of the learning core as a file, every kind as JSON holds it: times as ISO texts, levels as texts. */
import { valueAt } from '../../table/column.ts';
import type { Table } from '../../table/table.ts';
import { type OutColumn, writeRows } from './write.ts';

/** CSV or Parquet by the file's extension, whole or not at all. */
export function writeTable(path: string, table: Table): Promise<void> {
  const columns = table.columns.map(
    ({ name, kind }): OutColumn => ({ name, kind: kind === 'number' || kind === 'boolean' ? kind : 'text' }),
  );
  return writeRows(path, columns, rowsOf(table));
}

function* rowsOf(table: Table): Generator<(string | number | boolean | null)[]> {
  for (let row = 0; row < table.rowCount; row++) yield table.columns.map((column) => valueAt(column, row));
}
