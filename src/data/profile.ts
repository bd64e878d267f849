/** The profile of a column: what its values look like, before anyone decided what they mean. */
import type { StoredKind } from './source.ts';

export interface LevelCount {
  /** Trimmed text; numbers as shortest round-trip text. */
  readonly level: string;
  readonly count: number;
}

/** Each row is counted in exactly one of `blank`, `tokens`, `numbers`, `booleans`, `times`, `dateLike`, `others`. */
export interface ColumnProfile {
  readonly name: string;
  readonly stored: StoredKind;
  readonly rows: number;
  /** Rows without a value under any kind: blank text, #N/A, SQL NULL, NaN. */
  readonly blank: number;
  /** Texts that mean "missing" in a number, time or boolean column: NA, NaN, null, None... */
  readonly tokens: number;
  /** Values that are a finite number. */
  readonly numbers: number;
  /** true / false. */
  readonly booleans: number;
  /** ISO dates and timestamps. */
  readonly times: number;
  /** Texts such as 31-12-2020 or 12/31/20: dates whose order of day and month is not certain. */
  readonly dateLike: number;
  /** Anything else, infinite numbers too. */
  readonly others: number;
  /** Of `numbers`: those without a fraction. */
  readonly whole: number;
  /** Of `numbers`: texts such as 007, which a number would not keep. */
  readonly leadingZeros: number;
  /** Smallest and largest of `numbers`; null without any. */
  readonly min: number | null;
  readonly max: number | null;
  /** How many different values, blank ones not counted. */
  readonly distinct: number;
  /** The different values by code unit, when there are at most `mostLevels`; else null. */
  readonly levels: readonly LevelCount[] | null;
  /** Mean number of characters of the values that are not blank; 0 without any. */
  readonly meanLength: number;
  /** The file writes the numbers 1.234,5: found out from the values, not said by the file. */
  readonly hasDecimalComma?: boolean;
}

/** A column with more different values has no list of levels in its profile. */
export const mostLevels = 1000;
