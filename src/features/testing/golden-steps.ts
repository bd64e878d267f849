/** The tables and answers of golden/features-steps.py. */
import { type Numbers, readGolden } from '../../../golden/compare.ts';
import { type Column, categoryColumn, numberColumn, timeColumn } from '../../table/column.ts';

type Series = readonly (number | null)[];

export const goldenSteps = readGolden<{
  readonly train: readonly string[];
  readonly labels: readonly number[];
  readonly test: readonly string[];
  readonly ordinal: Readonly<Record<'byName' | 'inOrder', Numbers>>;
  readonly target: Readonly<
    Record<
      'auto' | 'none' | 'ten',
      {
        readonly prior: number;
        readonly levels: readonly string[];
        readonly rates: Numbers;
        readonly test: Numbers;
      }
    >
  >;
  readonly numbers: readonly Series[];
  readonly numbersHoled: readonly Series[];
  readonly moreNumbers: readonly Series[];
  readonly outcome: readonly number[];
  readonly signal: readonly Series[];
  readonly correlated: Readonly<
    Record<string, { readonly whole: readonly string[]; readonly holed: readonly string[] }>
  >;
  readonly pca: Readonly<
    Record<
      'all' | 'two' | 'share',
      {
        readonly variances: Numbers;
        readonly vectors: readonly (readonly number[])[];
        readonly test: readonly (readonly number[])[];
      }
    >
  >;
  readonly topK: Readonly<
    Record<'tree' | 'logistic', { readonly kept: readonly number[]; readonly importances: Numbers }>
  >;
  readonly days: {
    readonly dates: readonly (string | null)[];
    readonly later: readonly (string | null)[];
    readonly reference: string;
    readonly since: Numbers;
    readonly between: Numbers;
    readonly weekday: readonly (string | null)[];
    readonly month: readonly (string | null)[];
    readonly quarter: readonly (string | null)[];
  };
}>('features-steps');

/** `c0`, `c1`, ... as the script calls them. */
export const numbered = (columns: readonly Series[]): Column[] =>
  columns.map((values, i) => numberColumn(`c${i}`, values));

export const levels = (values: readonly string[]): Column => categoryColumn('level', values);

export const timesOf = (name: string, texts: readonly (string | null)[]): Column =>
  timeColumn(
    name,
    texts.map((text) => (text === null ? null : Date.parse(text.includes('T') ? `${text}Z` : text))),
  );
