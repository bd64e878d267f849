/**
 * Writes a table of the learning core as a file, every kind as JSON holds it: times as ISO texts, levels as texts.
 * Times that are whole days (midnight UTC) in all rows of a column are written as days: 2025-11-14.
 */
import { type Column, valueAt } from '../../table/column.ts';
import type { Table } from '../../table/table.ts';
import { type OutColumn, type WriteOptions, writeRows } from './write.ts';

/** CSV or Parquet by the file's extension, whole or not at all. */
export function writeTable(path: string, table: Table, options: WriteOptions = {}): Promise<void> {
  const columns = table.columns.map(
    ({ name, kind }): OutColumn => ({ name, kind: kind === 'number' || kind === 'boolean' ? kind : 'text' }),
  );
  return writeRows(path, columns, rowsOf(table), options);
}

function* rowsOf(table: Table): Generator<(string | number | boolean | null)[]> {
  const isDays = table.columns.map(holdsDays);
  for (let row = 0; row < table.rowCount; row++)
    yield table.columns.map((column, i) => {
      const value = valueAt(column, row);
      return isDays[i] && typeof value === 'string' ? value.slice(0, -midnight.length) : value;
    });
}

const midnight = 'T00:00:00.000Z';
const msPerDay = 86_400_000;

/** Every time that is there is the beginning of a day. */
const holdsDays = (column: Column): boolean =>
  column.kind === 'time' && column.values.every((at) => Number.isNaN(at) || at % msPerDay === 0);
