/**
 * Rows of a table as requests bring customers, the way back of the customer reader: read again, they are the same
 * table. So what a file was scored by is logged in the form of what a request was scored by. O(rows x columns).
 */
import { usedColumns } from '../data/check.ts';
import type { Contract } from '../data/contract.ts';
import { valueAt } from '../table/column.ts';
import { findColumn, type Table } from '../table/table.ts';
import type { RawCustomer } from './customer-reader.ts';

/** The used columns of each row; null where a value is missing, times as ISO text. */
export function rawCustomers(contract: Contract, table: Table): readonly RawCustomer[] {
  const columns = usedColumns(contract).map(([name]) => [name, findColumn(table, name)] as const);
  return Array.from({ length: table.rowCount }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, column ? valueAt(column, row) : null])),
  );
}
