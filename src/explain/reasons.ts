/**
 * Reasons in words: the columns that speak loudest for one customer, as sentences that a support agent can say.
 *
 * For a customer above the average the columns that raise the risk come first, below it those that lower it;
 * when fewer than asked speak that way, the strongest of the others follow. Of sampled values, one that two standard errors
 * could turn round gives no reason.
 */
import { type Column, valueAt } from '../table/column.ts';
import { requireColumn, type Table } from '../table/table.ts';
import type { Attribution } from './attribution.ts';
import { placeAmong, sortedNumbers } from './place-among.ts';

export interface Reason {
  readonly column: string;
  readonly effect: 'raises' | 'lowers';
  /** On the scale of the attribution. */
  readonly contribution: number;
  /** `tenure is 2 months, low for this company (raises the risk)` */
  readonly text: string;
}

/** What is known of a column besides its value. */
export interface ColumnWords {
  readonly unit?: string | undefined;
  /** What it is, in a few words; said in place of the name when it is short. */
  readonly meaning?: string | undefined;
  /** Typical values of the company's customers: a number at either end is then said to be low or high among them. */
  readonly typical?: Column | undefined;
}

/** Words by column name. */
export type Words = ReadonlyMap<string, ColumnWords>;

/** At most `most` reasons for a row of the table that was attributed. Columns that change nothing give none. */
export function reasonsFor(
  attribution: Attribution,
  table: Table,
  row: number,
  most: number,
  words: Words = new Map(),
): Reason[] {
  return loudest(attribution, row, most).map(({ column, contribution }) => {
    const effect = contribution > 0 ? 'raises' : 'lowers';
    const claim = sayColumn(requireColumn('reasons', table, column), row, words.get(column) ?? {});
    return { column, effect, contribution, text: `${claim} (${effect} the risk)` };
  });
}

interface Part {
  readonly column: string;
  readonly contribution: number;
}

/** The customer's own direction first, then by strength; equal strength keeps the contract's order. */
function loudest({ columns, values, errors }: Attribution, row: number, most: number): Part[] {
  const from = row * columns.length;
  let total = 0;
  for (let i = 0; i < columns.length; i++) total += values[from + i]!;
  const sign = total >= 0 ? 1 : -1;
  const isLouder = (a: number, b: number): boolean => {
    const agrees = a * sign > 0;
    return agrees === b * sign > 0 ? Math.abs(a) > Math.abs(b) : agrees;
  };
  const best: Part[] = [];
  for (let i = 0; i < columns.length; i++) {
    const contribution = values[from + i]!;
    const noise = 2 * (errors?.[from + i] ?? 0);
    // NaN is no reason either.
    if (contribution === 0 || !(Math.abs(contribution) >= noise)) continue;
    let place = best.length;
    while (place > 0 && isLouder(contribution, best[place - 1]!.contribution)) place--;
    if (place >= most) continue;
    best.splice(place, 0, { column: columns[i]!, contribution });
    if (best.length > most) best.pop();
  }
  return best;
}

/** Words for the columns of a contract, compared with typical values. */
export const wordsOf = (
  contract: Readonly<Record<string, Pick<ColumnWords, 'unit' | 'meaning'>>>,
  typical: Table,
): Map<string, ColumnWords> =>
  new Map(
    Object.entries(contract).map(([name, { unit, meaning }]) => [
      name,
      { unit, meaning, typical: typical.columns.find((column) => column.name === name) },
    ]),
  );

/** `tenure is 2 months, low for this company`, or with a meaning `Calls to support in the last 90 days: 4, high ...`. */
function sayColumn(column: Column, row: number, { unit, meaning, typical }: ColumnWords): string {
  const value = sayValue(column, row, unit);
  const standing = typical ? sayStanding(column, row, typical) : '';
  const short = meaning?.trim().replace(/\.$/, '');
  return short && short.length <= longestMeaning
    ? `${short}: ${value}${standing}`
    : `${column.name} is ${value}${standing}`;
}
const longestMeaning = 60;

/** The value as a person would say it, with its unit. */
export function sayValue(column: Column, row: number, unit?: string): string {
  const value = valueAt(column, row);
  if (value === null) return 'not known';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (column.kind === 'time') return String(value).slice(0, 10);
  if (typeof value !== 'number') return value;
  return sayQuantity(value, unit);
}

/** `2 months`, `1 month`, `0.35`. */
export const sayQuantity = (value: number, unit?: string): string =>
  unit === undefined ? shortNumber(value) : `${shortNumber(value)} ${unitOf(value, unit)}`;

/** `month` of one, else `months`. Units are English words or symbols; of the words those that count things end in s. */
export const unitOf = (value: number, unit: string): string =>
  value === 1 && /^[a-z]{3,}s$/.test(unit) ? unit.slice(0, -1) : unit;

/** The fifth at each end is low or high. */
const lowEnd = 0.2;
const highEnd = 0.8;
/** A number that takes fewer values than this is a code or a flag: nobody says that it is low. */
const fewestValues = 5;

function sayStanding(column: Column, row: number, typical: Column): string {
  if (column.kind !== 'number' || Number.isNaN(column.values[row])) return '';
  const others = comparable(typical);
  if (others === null) return '';
  const place = placeAmong(others, column.values[row]!);
  if (place <= lowEnd) return ', low for this company';
  return place >= highEnd ? ', high for this company' : '';
}

/** What numbers are compared with, sorted once for all customers; null where nobody says that one is low. */
const comparables = new WeakMap<Column, Float64Array | null>();

function comparable(typical: Column): Float64Array | null {
  let found = comparables.get(typical);
  if (found === undefined) {
    const sorted = sortedNumbers(typical);
    found = new Set(sorted).size < fewestValues ? null : sorted;
    comparables.set(typical, found);
  }
  return found;
}

/** A number as a person would say it: whole when it is large, else four significant digits. */
export function shortNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) return String(Math.round(value));
  return String(Number(value.toPrecision(4)));
}
