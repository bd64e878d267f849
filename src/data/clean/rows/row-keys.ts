import { isMissing, valueAt } from '../../../table/column.ts';
import { requireColumn, type Table } from '../../../table/table.ts';

/** For each row a text that is equal for rows of equal values in all the columns; null where one is missing. */
export function rowKeys(who: string, table: Table, names: readonly string[]): (string | null)[] {
  const columns = names.map((name) => requireColumn(who, table, name));
  return Array.from({ length: table.rowCount }, (_, row) => {
    if (columns.some((column) => isMissing(column, row))) return null;
    return JSON.stringify(columns.map((column) => valueAt(column, row)));
  });
}
