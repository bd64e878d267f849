/** For tests of this room: one repair with its parameters as a project file gives them. */
import { createTable, type Table, takeRows } from '../../table/table.ts';
import type { AnyRepair } from '../repair.ts';

/** The rows that stay, the table made, and what is said; `file` as for the whole file unless given. */
export function repair(
  definition: AnyRepair,
  table: Table,
  params: Record<string, unknown>,
  unreadable: Readonly<Record<string, number>> = {},
): { rows: number[]; table: Table; message: string | null } {
  const places = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const parsed: unknown = definition.params.parse(params);
  const file = { places, unreadable: new Map(Object.entries(unreadable)) };
  const { kept, columns, message } = definition.apply(table, parsed, file);
  const changed = columns
    ? createTable(
        table.columns.map((column) => columns.find(({ name }) => name === column.name) ?? column),
        table.rowCount,
      )
    : table;
  return { rows: [...(kept ?? places)], table: kept ? takeRows(changed, kept) : changed, message };
}
