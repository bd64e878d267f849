/** An immutable table: columns of one length, found by name. */
import { ColumnError } from '../base/errors.ts';
import { didYouMean, listNames, printable } from '../base/text.ts';
import { type Column, type ColumnKind, columnLength, takeFromColumn } from './column.ts';

export interface Table {
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** A table of columns; `rowCount` is needed only when there is no column. Throws on unequal lengths or a repeated name. */
export function createTable(
  columns: readonly Column[],
  rowCount = columns[0] ? columnLength(columns[0]) : 0,
): Table {
  const names = new Set<string>();
  for (const column of columns) {
    if (columnLength(column) !== rowCount) {
      throw new RangeError(
        `table: column ${column.name} has ${columnLength(column)} rows, expected ${rowCount}`,
      );
    }
    if (names.has(column.name)) {
      throw new ColumnError(
        'column.clash',
        `table: two columns are named ${printable(column.name)}; rename one`,
        {
          column: column.name,
        },
      );
    }
    names.add(column.name);
  }
  return { rowCount, columns };
}

export const columnNames = (table: Table): string[] => table.columns.map((column) => column.name);

/** Fewer columns are looked through faster than an index is made. */
const leastIndexed = 16;
const indexes = new WeakMap<Table, ReadonlyMap<string, Column>>();

/** The column of a name. A wide table is indexed when it is first asked, so that asking for all columns is linear. */
export function findColumn(table: Table, name: string): Column | undefined {
  if (table.columns.length < leastIndexed) return table.columns.find((column) => column.name === name);
  let index = indexes.get(table);
  if (!index) {
    index = new Map(table.columns.map((column) => [column.name, column]));
    indexes.set(table, index);
  }
  return index.get(name);
}

/** The column of a name, of any of the kinds allowed; throws `column.missing` or `column.kind` in the name of `who`. */
export function requireColumn<K extends ColumnKind>(
  who: string,
  table: Table,
  name: string,
  ...kinds: readonly K[]
): Extract<Column, { kind: K }> {
  const column = findColumn(table, name);
  if (!column) {
    throw new ColumnError(
      'column.missing',
      `${who}: column ${printable(name)} is missing${didYouMean(name, columnNames(table))}; give it the columns it was fitted on`,
      { who, column: name },
    );
  }
  if (kinds.length > 0 && !kinds.includes(column.kind as K)) {
    throw new ColumnError(
      'column.kind',
      `${who}: column ${printable(name)} is of kind ${column.kind}, ${listNames(kinds)} required; change its kind or put a fitting step before`,
      { who, column: name, kind: column.kind },
    );
  }
  return column as Extract<Column, { kind: K }>;
}

/** The named columns, in that order. */
export function selectColumns(table: Table, names: readonly string[], who = 'table'): Table {
  return createTable(
    names.map((name) => requireColumn(who, table, name)),
    table.rowCount,
  );
}

/** The chosen rows, in the order given. O(rows x columns). */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  return createTable(
    table.columns.map((column) => takeFromColumn(column, rows)),
    rows.length,
  );
}

/** Two tables of the same rows side by side. */
export function beside(left: Table, right: Table): Table {
  return createTable([...left.columns, ...right.columns], left.rowCount);
}
