/** Groups of customers that share a value, and what a column says about churn, in words. */
import type { ColumnOverview, OverviewGroup } from '../data/inspect/column-overview.ts';
import { type MetricValue, shareOf } from '../evaluation/interval.ts';
import { countOf, decimal } from './format.ts';
import { levelName } from './plain-words.ts';

/** `Two year`, `1 to 6 months`, `March 2017 to May 2018`, `12 other levels`, `(missing)`. */
export function groupName({ value, from, to, levels }: OverviewGroup, unit?: string): string {
  if (levels !== undefined) return countOf(levels, 'other level');
  const end = unit === undefined ? '' : ` ${unit}`;
  if (value === undefined) return `${cellText(from ?? '')} to ${cellText(to ?? '')}${end}`;
  if (typeof value === 'number') return `${cellText(value)}${end}`;
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
