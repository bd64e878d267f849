/** Groups of customers that share a value, and what a column says about churn, in words. */
import type { ColumnOverview, OverviewGroup } from '../data/inspect/column-overview.ts';
import { isNamedLikeYear } from '../data/names.ts';
import { type MetricValue, shareOf } from '../evaluation/interval.ts';
import { unitOf } from '../explain/reasons.ts';
import { countOf, decimal } from './format.ts';
import { levelName } from './plain-words.ts';

/** `Two year`, `1 to 6 months`, `March 2017 to May 2018`, `12 other levels`, `(missing)`; numbers as `write` has them. */
export function groupName(
  { value, from, to, levels }: OverviewGroup,
  unit?: string,
  write: NumberWriter = numberText,
): string {
  if (levels !== undefined) return countOf(levels, 'other level');
  const say = (end: number | string): string => (typeof end === 'number' ? write(end) : cellText(end));
  if (value === undefined)
    return `${say(from ?? '')} to ${say(to ?? '')}${unit === undefined ? '' : ` ${unit}`}`;
  if (typeof value === 'number')
    return `${write(value)}${unit === undefined ? '' : ` ${unitOf(value, unit)}`}`;
  return typeof value === 'string' && isTime(value) ? cellText(value) : levelName(value);
}

/** A number with the digits it needs, a time as a day, other text as it is. */
export const cellText = (value: number | string): string =>
  typeof value === 'number' ? numberText(value) : isTime(value) ? value.slice(0, 10) : value;

const isTime = (text: string): boolean => /^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]+Z$/.test(text);

/** Four digits are as many as a picture can show; whole numbers keep all theirs. */
export function numberText(value: number): string {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(4));
  const decimals = Math.min(6, (/\.(\d+)$/.exec(String(rounded))?.[1] ?? '').length);
  const [whole, part] = decimal(rounded, decimals).split('.');
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export type NumberWriter = (value: number) => string;

/** How the numbers of a column are written: years without a thousands sign, all others as `numberText` has them. */
export function numbersOf({
  column,
  groups,
  spread,
}: Pick<ColumnOverview, 'column' | 'groups' | 'spread'>): NumberWriter {
  const told = [
    ...groups.flatMap(({ value, from, to }) => [value, from, to]),
    ...(spread === null ? [] : [spread.low, spread.middle, spread.high]),
  ].filter((value) => typeof value === 'number');
  const couldBe = told.length > 0 && told.every((value) => value >= firstYear && value <= lastYear);
  const areWhole = told.every(Number.isInteger);
  const isYear = couldBe && (areWhole || isNamedLikeYear(column));
  return isYear ? (value) => String(Math.round(value)) : numberText;
}
const [firstYear, lastYear] = [1900, 2100];

/** A column's unit or meaning, where it has one; a column may be called `constructor`. */
export const textFor = (
  texts: Readonly<Record<string, string>> | undefined,
  column: string,
): string | undefined => (texts && Object.hasOwn(texts, column) ? texts[column] : undefined);

/** How many of such customers left. */
export const groupRate = ({ churned, rows }: OverviewGroup): MetricValue => shareOf(churned, rows);

/** The size of an effect by the usual words (Cohen 1988): of 0.2, 0.5, 0.8 for d and 0.1, 0.3, 0.5 for V. */
export function effectWord({ measure, value }: NonNullable<ColumnOverview['effect']>): string {
  const size = Math.abs(value);
  const [small, medium, large] = measure === 'cohens-d' ? [0.2, 0.5, 0.8] : [0.1, 0.3, 0.5];
  if (size < small!) return 'hardly any';
  if (size < medium!) return 'small';
  return size < large! ? 'medium' : 'large';
}

export const effectText = ({ measure, value }: NonNullable<ColumnOverview['effect']>): string =>
  `${measure === 'cohens-d' ? 'd' : 'V'}\u00a0=\u00a0${decimal(value, 2)}`;
