/**
 * Numbers, times and parameters as a person wants to read them. What is not a number reads as a dash.
 *
 * Written by hand, not by the locale of a machine: the same facts give the same page everywhere.
 */
import { isTypedArray, type Plain } from '../base/plain.ts';
import type { Metric } from '../evaluation/definition.ts';
import type { Interval } from '../evaluation/interval.ts';

const nothing = '–';

/** `0.842`, with a real minus sign. */
export function decimal(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return nothing;
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** `73.2%` of a share; a share that is small but there is never `0.0%`, one that is not quite all never `100.0%`. */
export function percent(share: number, digits = 1): string {
  if (!Number.isFinite(share)) return nothing;
  const least = 0.1 ** digits;
  if (share > 0 && 100 * share < least / 2) return `<${least.toFixed(digits)}%`;
  if (share < 1 && 100 * (1 - share) < least / 2) return `>${(100 - least).toFixed(digits)}%`;
  return `${decimal(100 * share, digits)}%`;
}

/** `7,043` */
export const count = (value: number): string =>
  Number.isFinite(value) ? String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',') : nothing;

/** An amount in the currency of the project file, which it does not name: `1,234`, `12.50`, `−3.20`. */
export function money(value: number): string {
  if (!Number.isFinite(value)) return nothing;
  const size = Math.abs(value);
  const text = size >= 100 ? count(size) : size.toFixed(2);
  return value < 0 && Number(text.replaceAll(',', '')) !== 0 ? `−${text}` : text;
}

/** `7,043 customers`, `1 customer`. */
export const countOf = (value: number, singular: string, plural = `${singular}s`): string =>
  `${count(value)} ${value === 1 ? singular : plural}`;

/** A share as one of a hundred: `58`, `fewer than 1`, `more than 99`. */
export function ofHundred(share: number): string {
  if (!Number.isFinite(share)) return nothing;
  if (share > 0 && share < 0.005) return 'fewer than 1';
  if (share < 1 && share >= 0.995) return 'more than 99';
  return String(Math.round(100 * share));
}

/** Both ends, as the value they belong to is written. */
export const range = ({ low, high }: Interval, write: (value: number) => string): string =>
  `${write(low)} to ${write(high)}`;

/** As `range`, for tables: `0.819–0.865`. */
export const shortRange = (ends: Interval, write: (value: number) => string): string =>
  ends.low < 0 ? range(ends, write) : `${write(ends.low)}–${write(ends.high)}`;

/** A metric's value as it is usually read: shares of customers in percent, money as money, the others as decimals. */
export function metricText(metric: Pick<Metric, 'id'>, value: number): string {
  if (moneyMetrics.has(metric.id)) return money(value);
  return shareMetrics.has(metric.id) ? percent(value) : decimal(value);
}
const moneyMetrics: ReadonlySet<string> = new Set(['expected-profit', 'profit-at-threshold']);
const shareMetrics: ReadonlySet<string> = new Set([
  'accuracy',
  'precision',
  'recall',
  'balanced-accuracy',
  'gain-at-10',
  'gain-at-20',
]);

/** `0.4 s`, `12 s`, `3 min 5 s`, `1 h 4 min`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return nothing;
  if (seconds > 0 && seconds < 0.05) return '<0.1 s';
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** `12 March 2026, 14:05 UTC` of an ISO time in UTC; any other text as it is. */
export function dateTime(iso: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/.exec(iso);
  const month = match && months[Number(match[2]) - 1];
  if (!match || !month) return iso;
  return `${Number(match[3])} ${month} ${match[1]}, ${match[4]} UTC`;
}

/** `logistic-regression` as `Logistic regression`, `mlp` as `MLP`. */
export function modelName(id: string): string {
  if (id.length <= 3) return id.toUpperCase();
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `l2 = 0.1, hidden = [64, 32]`; nothing set is an empty text. */
export function paramsText(params: Plain): string {
  if (params === null || typeof params !== 'object' || Array.isArray(params) || isTypedArray(params))
    return plainText(params);
  return Object.entries(params)
    .map(([key, value]) => `${key} = ${plainText(value)}`)
    .join(', ');
}

/** The first letters of a long name, with an ellipsis. */
export function shorten(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

/** `a`, `a and b`, `a, b and c`. */
export const listed = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;

function plainText(value: Plain): string {
  // Six digits tell any two settings apart that a person writes.
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (isTypedArray(value)) return `[${[...value].map(plainText).join(', ')}]`;
  if (Array.isArray(value)) return `[${value.map(plainText).join(', ')}]`;
  return `{ ${paramsText(value)} }`;
}
