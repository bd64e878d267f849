/** What the steps that leave columns out share: the columns that stay, passed on as they are. */
import type { OutputColumn } from '../../learn/definition.ts';
import type { Column, ColumnKind } from '../../table/column.ts';
import { createTable, requireColumn, type Table } from '../../table/table.ts';

/** In the order of the table that was fitted on. */
export type KeptColumns = readonly { readonly name: string; readonly kind: ColumnKind }[];

export const keptOf = (columns: readonly Column[]): KeptColumns =>
  columns.map(({ name, kind }) => ({ name, kind }));

export const onlyKept = (who: string, kept: KeptColumns, table: Table): Table =>
  createTable(
    kept.map(({ name, kind }) => requireColumn(who, table, name, kind)),
    table.rowCount,
  );

export const keptColumnsOut = (kept: KeptColumns): OutputColumn[] =>
  kept.map(({ name, kind }) => ({ name, kind, from: [name] }));
