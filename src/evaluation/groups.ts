/**
 * Customers by the values of a column. Levels in their order, missing last (`level: null`).
 *
 * A number with at most ten different values has a group for each; one with more has four of about equal size, cut at
 * its quartiles and named by them. Cost: O(rows log rows).
 */
import { quantiles } from '../math/quantile.ts';
import type { BooleanColumn, CategoryColumn, NumberColumn } from '../table/column.ts';

export type GroupLevel = string | boolean | null;

export interface Group {
  readonly level: GroupLevel;
  /** Row numbers, ascending. */
  readonly rows: readonly number[];
}

/** More different numbers than this are no levels. */
const mostNumberLevels = 10;

/** Groups without rows are among them: the levels are those of the column. */
export function groupsOf(column: CategoryColumn | BooleanColumn | NumberColumn): Group[] {
  const { levels, codes } = codesOf(column);
  const rowsOf: number[][] = Array.from({ length: levels.length + 1 }, () => []);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    rowsOf[code < 0 ? levels.length : code]!.push(row);
  }
  return rowsOf.map((rows, code) => ({ level: levels[code] ?? null, rows }));
}

interface Coded {
  readonly levels: readonly (string | boolean)[];
  /** Place of each row's level, -1 = missing. */
  readonly codes: ArrayLike<number>;
}

function codesOf(column: CategoryColumn | BooleanColumn | NumberColumn): Coded {
  if (column.kind === 'category') return column;
  if (column.kind === 'boolean') return { levels: [false, true], codes: column.values };
  const { values } = column;
  const different = new Set<number>();
  for (let row = 0; row < values.length && different.size <= mostNumberLevels; row++)
    if (!Number.isNaN(values[row])) different.add(values[row]!);
  const fromOn =
    different.size <= mostNumberLevels
      ? [...different].sort((a, b) => a - b)
      : [Number.NEGATIVE_INFINITY, ...new Set(quantiles(values, [0.25, 0.5, 0.75]))];
  const isValue = different.size <= mostNumberLevels;
  return {
    levels: fromOn.map((from, i) => (isValue ? String(from) : rangeName(from, fromOn[i + 1]))),
    codes: Int32Array.from(values, (value) =>
      Number.isNaN(value) ? -1 : fromOn.findLastIndex((from) => value >= from),
    ),
  };
}

function rangeName(from: number, before: number | undefined): string {
  if (before === undefined) return `${from} and above`;
  return from === Number.NEGATIVE_INFINITY ? `below ${before}` : `${from} to below ${before}`;
}
