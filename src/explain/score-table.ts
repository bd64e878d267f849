/**
 * Anything that gives rows a score, and rows put together from a customer's values and typical ones: what every
 * explanation that looks at a model from outside is made of.
 */
import type { Catalogue } from '../learn/catalogue.ts';
import type { FittedClassifier } from '../learn/definition.ts';
import { score } from '../learn/fit.ts';
import {
  booleanColumn,
  type Column,
  columnLength,
  isMissing,
  sharedCodes,
  sharedFloats,
  takeFromColumn,
  textColumn,
} from '../table/column.ts';
import { createTable, requireColumn, type Table } from '../table/table.ts';

/** P(churn) of each row. A row's score never depends on the rows beside it. */
export type ScoreTable = (table: Table) => Float64Array;

export const scorerOf =
  (fitted: FittedClassifier, catalogue: Catalogue): ScoreTable =>
  (table) =>
    score(fitted, table, catalogue);

/** The named columns of both tables, the rows of `below` under those of `above`. Levels are matched by name. */
export function stackTables(above: Table, below: Table, names: readonly string[], who: string): Table {
  const columns = names.map((name) => {
    const top = requireColumn(who, above, name);
    return stackColumns(top, requireColumn(who, below, name, top.kind));
  });
  return createTable(columns, above.rowCount + below.rowCount);
}

/** New rows of a table: `rows[c][i]` tells from which row the value of column c in new row i comes. */
export const takeEach = (table: Table, rows: readonly Int32Array[], count: number): Table =>
  createTable(
    table.columns.map((column, c) => takeFromColumn(column, rows[c]!.subarray(0, count))),
    count,
  );

/** Do two rows of a column hold the same value? Missing is the same as missing. */
export function isSameValue(column: Column, a: number, b: number): boolean {
  if (column.kind === 'category') return column.codes[a] === column.codes[b];
  return column.values[a] === column.values[b] || (isMissing(column, a) && isMissing(column, b));
}

export function stackColumns(top: Column, bottom: Column): Column {
  const { name } = top;
  switch (top.kind) {
    case 'category': {
      const { codes, levels } = bottom as typeof top;
      const merged = [...new Set([...top.levels, ...levels])];
      const codeOf = new Map(merged.map((level, code) => [level, code]));
      const stacked = sharedCodes(top.codes.length + codes.length);
      stacked.set(top.codes);
      codes.forEach((code, row) => {
        stacked[top.codes.length + row] = code < 0 ? -1 : codeOf.get(levels[code]!)!;
      });
      return { name, kind: 'category', codes: stacked, levels: merged };
    }
    case 'boolean': {
      const all = [...top.values, ...(bottom as typeof top).values];
      return booleanColumn(
        name,
        all.map((value) => (value < 0 ? null : value === 1)),
      );
    }
    case 'text':
      return textColumn(name, [...top.values, ...(bottom as typeof top).values]);
    default: {
      const values = sharedFloats(columnLength(top) + columnLength(bottom));
      values.set(top.values);
      values.set((bottom as typeof top).values, columnLength(top));
      return { name, kind: top.kind, values };
    }
  }
}
