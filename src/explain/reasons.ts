/**
 * Reasons in words: the columns that speak loudest for one customer, as sentences a support agent can read.
 *
 * For a customer above the average the columns that raise the risk come first, below it those that lower it;
 * when fewer than asked speak that way, the strongest of the others follow.
 */
import { type Column, valueAt } from '../table/column.ts';
import { requireColumn, type Table } from '../table/table.ts';
import type { Attribution } from './attribution.ts';

export interface Reason {
  readonly column: string;
  readonly effect: 'raises' | 'lowers';
  /** On the scale of the attribution. */
  readonly contribution: number;
  /** `Contract is Month-to-month (raises the risk)` */
  readonly text: string;
}

/** Units by column name, from the contract. */
export type Units = ReadonlyMap<string, string>;

/** At most `most` reasons for a row of the table that was attributed. Columns that change nothing give none. */
export function reasonsFor(
  attribution: Attribution,
  table: Table,
  row: number,
  most: number,
  units: Units = new Map(),
): Reason[] {
  const width = attribution.columns.length;
  const parts = attribution.columns.map((column, i) => ({
    column,
    contribution: attribution.values[row * width + i]!,
  }));
  const total = parts.reduce((all, part) => all + part.contribution, 0);
  const sign = total >= 0 ? 1 : -1;
  // The customer's own direction first, then by strength; equal strength keeps the contract's order.
  const ordered = parts
    .filter((part) => part.contribution !== 0)
    .sort((a, b) => {
      const agreeA = a.contribution * sign > 0 ? 1 : 0;
      const agreeB = b.contribution * sign > 0 ? 1 : 0;
      return agreeB - agreeA || Math.abs(b.contribution) - Math.abs(a.contribution);
    });
  return ordered.slice(0, most).map(({ column, contribution }) => {
    const effect = contribution > 0 ? 'raises' : 'lowers';
    const value = sayValue(requireColumn('reasons', table, column), row, units.get(column));
    return { column, effect, contribution, text: `${column} ${value} (${effect} the risk)` };
  });
}

function sayValue(column: Column, row: number, unit: string | undefined): string {
  const value = valueAt(column, row);
  if (value === null) return 'is not known';
  if (typeof value === 'boolean') return value ? 'is true' : 'is false';
  if (column.kind === 'time') return `is ${String(value).slice(0, 10)}`;
  if (typeof value !== 'number') return `is ${value}`;
  return `is ${shortNumber(value)}${unit === undefined ? '' : ` ${unit}`}`;
}

/** A number as a person would say it: whole when it is large, else four significant digits. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) return String(Math.round(value));
  return String(Number(value.toPrecision(4)));
}
