/**
 * What the text of one cell means: which texts are missing, a number, a time, true or false.
 *
 * Text is trimmed before it is read. `sources/` says the same in SQL, from the same lists and patterns; a test
 * compares the two over any text. A reader answers a value, null (missing) or `unreadable`.
 */
import type { JsonScalar } from './contract.ts';
import { isoOfFormat, parseDateFormat } from './date-format.ts';

export const unreadable = Symbol('unreadable');
export type Unreadable = typeof unreadable;

/** What is cut off both ends of a text. */
export const blankCharacters = ' \t\n\v\f\r\u00a0\ufeff';
/** Missing under every kind, beside blank text: what spreadsheets write for a failed lookup. */
export const missingText = '#N/A';
/** Missing in number, time and boolean columns only: a category may well have a level `None`. */
export const missingTokens: readonly string[] = [
  'NA',
  'N/A',
  missingText,
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
];

/** Patterns for the whole trimmed text, in the dialect that JavaScript and RE2 share. */
export const numberPattern = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';
export const timePattern =
  '([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' +
  '([T ]([01][0-9]|2[0-3]):([0-5][0-9])(:([0-5][0-9])([.]([0-9]{1,9}))?)?(Z|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)?)?';
/** A date in another order than year, month, day with dashes. */
export const dateLikePattern =
  '[0-9]{1,2}[-./][0-9]{1,2}[-./]([0-9]{2}|[0-9]{4})( .*)?|[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}( .*)?';

const wholeText = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const numberText = wholeText(numberPattern);
const timeText = wholeText(timePattern);
const edges = new RegExp(`^[${blankCharacters}]+|[${blankCharacters}]+$`, 'g');

/** The text without blanks at its ends. */
export const trimmed = (text: string): string => text.replace(edges, '');

/** The trimmed text of a category or text cell, or null when missing. */
export function readLevel(text: string): string | null {
  const value = trimmed(text);
  return value === '' || value === missingText ? null : value;
}

/** A finite number written with a decimal point. */
export function readNumber(text: string): number | null | Unreadable {
  const value = trimmed(text);
  if (isMissingValue(value)) return null;
  const number = numberText.test(value) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : unreadable;
}

/** true or false in any case. */
export function readBoolean(text: string): boolean | null | Unreadable {
  const value = trimmed(text);
  if (isMissingValue(value)) return null;
  const folded = value.toLowerCase();
  return folded === 'true' ? true : folded === 'false' ? false : unreadable;
}

/** An ISO date or timestamp, or one in a contract's `dateFormat`, as epoch milliseconds UTC; without a zone it is UTC. */
export function readTime(text: string, dateFormat?: string): number | null | Unreadable {
  const value = trimmed(text);
  if (isMissingValue(value)) return null;
  const format = dateFormat === undefined ? undefined : parseDateFormat(dateFormat);
  const found = timeText.exec((format && isoOfFormat(value, format)) ?? value);
  if (!found) return unreadable;
  const [, year, month, day, , hour = '0', minute = '0', , second = '0', , fraction = '', zone = 'Z'] = found;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (date.getUTCDate() !== Number(day)) return unreadable;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  date.setUTCHours(Number(hour), Number(minute), Number(second), milliseconds);
  return date.getTime() - zoneMinutes(zone) * 60_000;
}

/** The text of a level that a contract names. */
export const scalarText = (value: JsonScalar): string => String(value);

/** Is the text of a cell the JSON value? `1` and `1.0` are the number 1, `TRUE` is true, texts are equal or not. */
export function isScalar(text: string, value: JsonScalar): boolean {
  if (typeof value === 'number') return readNumber(text) === value;
  if (typeof value === 'boolean') return readBoolean(text) === value;
  return trimmed(text) === trimmed(value);
}

/**
 * How to write a level so that it equals the contract's: numbers and booleans in one spelling when all named
 * levels are of that type, else as it stands.
 */
export function levelSpelling(levels: readonly JsonScalar[] | undefined): (level: string) => string {
  const types = new Set(levels?.map((level) => typeof level));
  if (types.size !== 1 || types.has('string')) return (level) => level;
  const read = types.has('number') ? readNumber : readBoolean;
  return (level) => {
    const value = read(level);
    return value === null || value === unreadable ? level : String(value);
  };
}

const isMissingValue = (value: string): boolean => value === '' || missingTokens.includes(value);

function zoneMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith('-') ? -minutes : minutes;
}
