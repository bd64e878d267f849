/** What `../cells.ts` says of one text, as SQL expressions over a whole column. */
import {
  blankCharacters,
  dateLikePattern,
  missingText,
  missingTokens,
  numberPattern,
  timePattern,
} from '../cells.ts';
import { type DateFormat, parseDateFormat } from '../date-format.ts';
import { isOneOf, literal } from './duckdb.ts';
import type { StoredColumn } from './relation.ts';

/** How a numeric vector says that a value is there but cannot be read: no number or time is infinite. */
export const unreadableNumber = Number.POSITIVE_INFINITY;
/** How a boolean vector says it; -1 is missing. */
export const unreadableBoolean = -2;

const nan = `'nan'::double`;
const infinity = `'infinity'::double`;

/**
 * A VARCHAR expression without blanks at its ends. A trim with a list of characters takes ten times as long as
 * reading the value, so it is only done where the first or last character asks for it.
 */
export function trimmedSql(text: string): string {
  const ends = [...blankCharacters].map((character) => `ends_with(${text}, ${literal(character)})`);
  const mayBeBlank = `${text} < '!' or ${text} >= ${literal('\u0080')} or ${ends.join(' or ')}`;
  return `case when ${mayBeBlank} then trim(${text}, ${literal(blankCharacters)}) else ${text} end`;
}

/** A trimmed text as category level: NULL when missing. */
export const levelSql = (t: string): string =>
  `case when ${isOneOf(t, ['', missingText])} then null else ${t} end`;

const isMissing = (t: string): string => `${t} is null or ${isOneOf(t, ['', ...missingTokens])}`;
/** A trimmed text cast to DOUBLE; computed once, in a query below those that ask about it. */
export const castSql = (t: string): string => `try_cast(${t} as double)`;

/**
 * Is a trimmed text, whose cast is `d`, a number? DuckDB casts the pattern's texts and a few more, `1_000` and
 * `+-1`; only where those may be is the pattern matched.
 */
export const isNumberSql = (t: string, d: string): string =>
  `(isfinite(${d}) and (not (contains(${t}, '_') or starts_with(${t}, '+')) or regexp_full_match(${t}, ${literal(numberPattern)})))`;
export const isBooleanSql = (t: string): string => `lower(${t}) in ('true', 'false')`;
export const isTimeSql = (t: string): string =>
  `(regexp_full_match(${t}, ${literal(timePattern)}) and ${castTime(t)} is not null)`;
export const isDateLikeSql = (t: string): string => `regexp_full_match(${t}, ${literal(dateLikePattern)})`;

/** A trimmed text, whose cast is `d`, as DOUBLE: NaN missing, infinity unreadable. The commonest case is first. */
export const numberOfText = (t: string, d: string): string =>
  `case when ${isNumberSql(t, d)} then ${d} when ${isMissing(t)} then ${nan} else ${infinity} end`;

/** A trimmed text as epoch milliseconds: ISO, or as a contract's `dateFormat` says. */
export function timeOfText(t: string, dateFormat?: string): string {
  const format = dateFormat === undefined ? undefined : parseDateFormat(dateFormat);
  const own = format ? formattedTime(t, format) : '';
  return `case when ${isMissing(t)} then ${nan} when ${isTimeSql(t)} then ${epochMs(castTime(t))} ${own} else ${infinity} end`;
}

/** The parts in ISO order; a day that its month does not have casts to NULL. */
function formattedTime(t: string, { pattern, parts }: DateFormat): string {
  const group = (part: DateFormat['parts'][number]): string =>
    parts.includes(part) ? `\\${parts.indexOf(part) + 1}` : '0';
  const iso = `${group('year')}-${group('month')}-${group('day')} ${group('hour')}:${group('minute')}:${group('second')}`;
  const time = `try_cast(regexp_replace(${t}, ${literal(`^(?:${pattern})$`)}, ${literal(iso)}) as timestamp)`;
  return `when regexp_full_match(${t}, ${literal(pattern)}) and ${time} is not null then ${epochMs(time)}`;
}

/** A trimmed text as 1, 0, -1 missing, -2 unreadable. */
export const booleanOfText = (t: string): string =>
  `case when ${isMissing(t)} then -1 when lower(${t}) = 'true' then 1 when lower(${t}) = 'false' then 0 else ${unreadableBoolean} end`;

/** A stored number as DOUBLE: NaN missing, infinity unreadable. */
export const numberOfNumber = (column: StoredColumn): string =>
  column.isFractional
    ? `case when ${column.sql} is null then ${nan} when isinf(${column.sql}::double) then ${infinity} else ${column.sql}::double end`
    : `coalesce(${column.sql}::double, ${nan})`;

export const timeOfTime = ({ sql }: StoredColumn): string =>
  `case when ${sql} is null then ${nan} when isfinite(${sql}::timestamp) then ${epochMs(`date_trunc('milliseconds', ${sql}::timestamp)`)} else ${infinity} end`;

export const booleanOfBoolean = ({ sql }: StoredColumn): string =>
  `case when ${sql} is null then -1 when ${sql} then 1 else 0 end`;

/** A stored value of another kind: missing stays missing, everything else cannot be read. */
export const refusedNumber = (column: StoredColumn): string =>
  `case when ${isAbsent(column)} then ${nan} else ${infinity} end`;
export const refusedBoolean = (column: StoredColumn): string =>
  `case when ${isAbsent(column)} then -1 else ${unreadableBoolean} end`;

const isAbsent = ({ sql, isFractional }: StoredColumn): string =>
  isFractional ? `${sql} is null or isnan(${sql}::double)` : `${sql} is null`;

/**
 * A text of the time pattern as timestamp. DuckDB wants seconds before a zone (10:00Z becomes 10:00:00Z) and rounds
 * what is finer than a microsecond upwards, so the fraction is cut after milliseconds.
 */
function castTime(t: string): string {
  const seconds = `substr(${t}, 1, 16) || ':00' || substr(${t}, 17)`;
  const cut = `regexp_replace(${t}, '([.][0-9]{3})[0-9]+', '\\1')`;
  return `try_cast(case when substr(${t}, 17, 1) in ('Z', '+', '-') then ${seconds} when contains(${t}, '.') then ${cut} else ${t} end as timestamptz)`;
}

const epochMs = (timestamp: string): string => `epoch_ms(${timestamp})::double`;
