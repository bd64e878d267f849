/**
 * Rows of JSON and columns: how a customer sent as JSON becomes a table, and a table JSON rows again.
 *
 * A value is read as its column's kind and never converted: number = JSON number, boolean = JSON boolean,
 * time = ISO text (without a zone it is UTC), text = JSON string, category = JSON string, or a number or
 * boolean where the column's levels hold such. null or an absent key is missing. A value of another type is
 * missing too and reported by row and column, never by value. O(rows x columns).
 */
import { byCodeUnit, type Column, type ColumnKind, valueAt } from './column.ts';
import { createTable, type Table } from './table.ts';

export type JsonValue = string | number | boolean | null;
export type JsonRow = Readonly<Record<string, unknown>>;

/** What is known of a column before its values are seen. */
export interface RowColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly levels?: readonly (string | number | boolean)[] | undefined;
}

/** A value that could not be read as its column's kind: row from 0. */
export interface UnreadValue {
  readonly row: number;
  readonly column: string;
  readonly expected: ColumnKind;
}

/** A table of the named columns; keys of the rows that no column names are left out. */
export function tableFromRows(
  rows: readonly JsonRow[],
  columns: readonly RowColumn[],
): { table: Table; unread: UnreadValue[] } {
  const unread: UnreadValue[] = [];
  const made = columns.map((column) => {
    const values = rows.map((row, index) => {
      const value = Object.hasOwn(row, column.name) ? row[column.name] : null;
      if (value === null || value === undefined) return null;
      const read = readers[column.kind](value, column);
      if (read === null) unread.push({ row: index, column: column.name, expected: column.kind });
      return read;
    });
    return columnOf(column, values);
  });
  return { table: createTable(made, rows.length), unread };
}

/** The rows of a table as JSON holds them: times as ISO text, missing as null. */
export function rowsFromTable(table: Table): Record<string, JsonValue>[] {
  return Array.from({ length: table.rowCount }, (_, row) => {
    const record: Record<string, JsonValue> = {};
    for (const column of table.columns) record[column.name] = valueAt(column, row);
    return record;
  });
}

/** Epoch milliseconds of an ISO 8601 date or date-time; NaN when it is none. Without a zone it is UTC. */
export function parseIsoTime(text: string): number {
  const match = isoTime.exec(text);
  if (!match) return Number.NaN;
  const [, year, month, day, time, zone] = match;
  // Date.parse turns 30 February into 1 March.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return Number.NaN;
  return Date.parse(`${year}-${month}-${day}T${time ?? '00:00'}${zone ?? 'Z'}`);
}

const isoTime =
  /^(\d{4}|[+-]\d{6})-(0[1-9]|1[0-2])-([0-2]\d|3[01])(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/;

type Read = string | number | null;

const readers: Readonly<Record<ColumnKind, (value: unknown, column: RowColumn) => Read>> = {
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null),
  boolean: (value) => (typeof value === 'boolean' ? Number(value) : null),
  text: (value) => (typeof value === 'string' ? value : null),
  time(value) {
    const time = typeof value === 'string' ? parseIsoTime(value) : Number.NaN;
    return Number.isNaN(time) ? null : time;
  },
  category(value, { levels }) {
    if (typeof value === 'string') return value;
    if (typeof value !== 'number' && typeof value !== 'boolean') return null;
    return levels?.some((level) => typeof level === typeof value) ? String(value) : null;
  },
};

/** Not on shared memory as other columns: a row to be scored stays in its thread, and shared memory costs more to make. */
function columnOf({ name, kind }: RowColumn, values: readonly Read[]): Column {
  switch (kind) {
    case 'number':
    case 'time':
      return { name, kind, values: Float64Array.from(values, (value) => (value as number) ?? Number.NaN) };
    case 'boolean':
      return { name, kind, values: Int8Array.from(values, (value) => (value as number) ?? -1) };
    case 'text':
      return { name, kind, values: values as (string | null)[] };
    case 'category': {
      const levels = [...new Set(values as (string | null)[])].filter((level) => level !== null);
      levels.sort(byCodeUnit);
      const codeOf = new Map(levels.map((level, code) => [level, code]));
      return {
        name,
        kind,
        codes: Int32Array.from(values, (value) => codeOf.get(value as string) ?? -1),
        levels,
      };
    }
  }
}
