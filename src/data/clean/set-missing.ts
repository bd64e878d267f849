/**
 * Calls a value missing that stands for "not known": -999, 1900-01-01, "unknown".
 *
 * A cell of `columns` that equals one of `values` becomes missing: numbers by size, dates as ISO text, levels and texts as
 * they stand. O(rows x columns).
 *
 * Example: `{ repair: set-missing, columns: [age], values: [-999] }`.
 * Matches https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.mask.html
 */
import { z } from 'zod';
import { countOf, listNames, printable } from '../../base/text.ts';
import {
  type Column,
  type ColumnKind,
  columnLength,
  sharedBytes,
  sharedCodes,
  sharedFloats,
  valueAt,
} from '../../table/column.ts';
import { requireColumn } from '../../table/table.ts';
import { isScalar, readTime } from '../cells.ts';
import { type JsonScalar, jsonScalar } from '../contract.ts';
import { columnList, defineRepair } from '../repair.ts';

export const setMissing = defineRepair({
  id: 'set-missing',
  title: 'Call stand-in values missing',
  reach: 'value',
  params: z.strictObject({
    columns: columnList.describe('The columns to look through.'),
    values: z.array(jsonScalar).min(1).describe('The values that mean "not known".'),
  }),
  columnsOf: ({ columns }) => columns.map((name) => ({ name })),
  apply(table, { columns, values }) {
    let cleared = 0;
    const made = columns.map((name) => {
      const column = requireColumn('set-missing', table, name);
      const isStandIn = standInTest(column, values);
      cleared += isStandIn.reduce((sum, yes) => sum + Number(yes), 0);
      return cleared > 0 ? withGaps(column, isStandIn) : column;
    });
    return cleared === 0
      ? { message: null }
      : { columns: made, changed: cleared, message: told(cleared, columns) };
  },
  tell: (changed, { columns }) => told(changed, columns),
});

const told = (cleared: number, columns: readonly string[]): string =>
  `set-missing: ${countOf(cleared, 'value')} of ${listNames(columns.map(printable))} called missing`;

/**
 * Does a value of a column of this kind stand for "not known"? Takes numbers, booleans, levels and texts as a table
 * holds them, times as epoch milliseconds; never true for a missing one.
 */
export function standInOf(
  kind: ColumnKind,
  values: readonly JsonScalar[],
): (value: string | number | boolean) => boolean {
  if (kind === 'category') return (level) => values.some((value) => isScalar(String(level), value));
  const wanted = new Set<unknown>(kind === 'time' ? values.map((value) => readTime(String(value))) : values);
  return (value) => wanted.has(value);
}

function standInTest(column: Column, values: readonly JsonScalar[]): boolean[] {
  const rows = columnLength(column);
  const isStandIn = standInOf(column.kind, values);
  if (column.kind === 'category') {
    const levels = column.levels.map(isStandIn);
    return Array.from({ length: rows }, (_, row) => column.codes[row]! >= 0 && levels[column.codes[row]!]!);
  }
  const cell = (row: number): string | number | boolean | null =>
    column.kind === 'time' ? column.values[row]! : valueAt(column, row);
  return Array.from({ length: rows }, (_, row) => {
    const value = cell(row);
    return value !== null && isStandIn(value);
  });
}

function withGaps(column: Column, isGap: readonly boolean[]): Column {
  const rows = isGap.length;
  const put = <A extends { [row: number]: number }>(to: A, from: ArrayLike<number>, gap: number): A => {
    for (let row = 0; row < rows; row++) (to as Record<number, number>)[row] = isGap[row] ? gap : from[row]!;
    return to;
  };
  switch (column.kind) {
    case 'category':
      return { ...column, codes: put(sharedCodes(rows), column.codes, -1) };
    case 'boolean':
      return { ...column, values: put(sharedBytes(rows), column.values, -1) };
    case 'text':
      return { ...column, values: column.values.map((value, row) => (isGap[row] ? null : value)) };
    default:
      return { ...column, values: put(sharedFloats(rows), column.values, Number.NaN) };
  }
}
