/**
 * Parts rows by time: training is the past, then validation, then the hold-out, the newest.
 *
 * The hold-out begins at the moment from which on at least `test x n` rows lie, or at `testFrom`; rows of one moment are
 * never parted, so it has that many rows and at most one moment more. Of what lies `gap` or more before it, the
 * validation part is the newest `validation x n` rows in the same way, or begins at `validationFrom`; training is what
 * lies `gap` or more before that. Rows within a gap are in no part. A label that looks ahead no further than the gap
 * was therefore known when the next part begins: t + gap <= begin.
 *
 * Takes labels and epoch milliseconds a row, none missing, gives row numbers in ascending order. O(rows log rows).
 * Nothing is drawn: the same rows give the same parts for every seed.
 *
 * @example
 * timeSplit(labels, times, { test: 0.15, validation: 0.15, gap: '30d' }).train
 */
import { DataError } from '../../base/errors.ts';
import { dayMs, daysOf } from '../events/section.ts';
import { checkOutcomes } from './check-outcomes.ts';
import type { SplitParts, SplitShares } from './stratified.ts';

export interface TimeRules extends SplitShares {
  /** Days or weeks, such as 30d: how far two parts lie apart. */
  readonly gap?: string | undefined;
  /** YYYY-MM-DD, midnight UTC: the hold-out begins here, whatever the shares. */
  readonly testFrom?: string | undefined;
  readonly validationFrom?: string | undefined;
}

export function timeSplit(labels: Uint8Array, times: Float64Array, rules: TimeRules): SplitParts {
  const gapMs = gapMsOf(rules);
  const rows = Int32Array.from(times, (_, row) => row);
  const test = newestFrom(rows, times, rules.testFrom, Math.ceil(rules.test * rows.length));
  const older = before(rows, times, test.from, gapMs);
  const wanted = Math.ceil(rules.validation * rows.length);
  const validation = newestFrom(older, times, rules.validationFrom, wanted);
  const parts = {
    train: before(older, times, validation.from, gapMs),
    validation: validation.rows,
    test: test.rows,
  };
  for (const part of ['test', 'validation', 'train'] as const) {
    if (parts[part].length > 0)
      checkOutcomes(
        `the ${part} part`,
        labels,
        parts[part],
        2,
        'change split.test, split.validation or split.gap',
      );
    else refuseEmpty(part, rows.length, times, rules);
  }
  return parts;
}

export const gapMsOf = ({ gap = '0d' }: Pick<TimeRules, 'gap'>): number => daysOf(gap) * dayMs;

/** Rows that lie before a moment, and `gapMs` or more before it. */
export const before = (rows: Int32Array, times: Float64Array, from: number, gapMs: number): Int32Array =>
  rows.filter((row) => times[row]! < from && times[row]! <= from - gapMs);

/** The newest rows: from a day on, or the least that make up the count without parting a moment. */
function newestFrom(
  rows: Int32Array,
  times: Float64Array,
  day: string | undefined,
  count: number,
): { readonly from: number; readonly rows: Int32Array } {
  const from = day === undefined ? momentBefore(rows, times, count) : Date.parse(day);
  return { from, rows: rows.filter((row) => times[row]! >= from) };
}

/** The moment of the row that has `count - 1` newer ones, of the oldest where there are fewer; endless for none. */
export function momentBefore(rows: Int32Array, times: Float64Array, count: number): number {
  if (count === 0 || rows.length === 0) return Number.POSITIVE_INFINITY;
  return Float64Array.from(rows, (row) => times[row]!).sort()[Math.max(0, rows.length - count)]!;
}

function refuseEmpty(part: string, rows: number, times: Float64Array, { gap = '0d' }: TimeRules): never {
  const moments = new Set(times).size;
  throw new DataError(
    'data.split',
    `split: the ${part} part would get none of ${rows} rows, which lie at ${moments} different times; a shorter split.gap than ${gap}, smaller shares or a longer history needed`,
    { part: `the ${part} part`, rows, times: moments },
  );
}
