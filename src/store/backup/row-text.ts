/**
 * One row of a table as one line of JSON: a list of its values in the order of the columns.
 *
 * A number that JSON can't hold (`-0`, infinite, not a number) is `{"number":"-Infinity"}`, so every double comes
 * back to the bit.
 */
import { isRecord } from '../../base/plain.ts';
import type { TableShape } from './shape.ts';

export type Cell = number | string | null;

/** The line, without its end. */
export function rowToText(values: readonly Cell[]): string {
  return JSON.stringify(values.map((value) => (isOdd(value) ? { number: oddName(value) } : value)));
}

/** The values of a line, or null where it is no row of this table. */
export function textToRow(text: string, { columns }: TableShape): Cell[] | null {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(values) || values.length !== columns.length) return null;
  for (const [i, { kind }] of columns.entries()) {
    const value: unknown = values[i];
    if (value === null) continue;
    const odd = kind === 'number' && isRecord(value) ? oddNumbers.get(String(value.number)) : undefined;
    if (odd !== undefined) values[i] = odd;
    else if (kind === 'text' ? typeof value !== 'string' : typeof value !== 'number') return null;
  }
  return values as Cell[];
}

const oddNumbers: ReadonlyMap<string, number> = new Map([
  ['-0', -0],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

const isOdd = (value: Cell): value is number =>
  typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value));

const oddName = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
