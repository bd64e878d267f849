/** The table and the answers of golden/features.py, as columns. */
import { assertClose, type Numbers, readGolden, type Tolerance } from '../../../golden/compare.ts';
import { type Column, categoryColumn, numberColumn } from '../../table/column.ts';
import type { Table } from '../../table/table.ts';
import { numbersOf } from './fit.ts';

export type NumbersByName = Readonly<Record<string, readonly (number | null)[]>>;
interface Encoded {
  readonly columns: readonly string[];
  readonly test: readonly (readonly number[])[];
}

export const golden = readGolden<{
  readonly train: NumbersByName;
  readonly test: NumbersByName;
  readonly trainLevels: readonly (string | null)[];
  readonly testLevels: readonly (string | null)[];
  readonly impute: Readonly<Record<string, { readonly fills: Numbers; readonly test: NumbersByName }>>;
  readonly iqrClip: Readonly<
    Record<string, { readonly bounds: NumbersByName; readonly test: NumbersByName }>
  >;
  /** Column `large` by rational arithmetic. */
  readonly largeExactly: { readonly standard: readonly number[]; readonly minMax: readonly number[] };
  readonly standardScale: NumbersByName;
  readonly minMaxScale: NumbersByName;
  readonly minMaxScaleClip: NumbersByName;
  readonly robustScale: NumbersByName;
  readonly preprocess: { readonly kept: readonly string[]; readonly test: NumbersByName };
  readonly oneHot: Readonly<
    Record<'afterImpute' | 'ignore' | 'minCount' | 'minShare' | 'maxLevels' | 'dropFirst', Encoded>
  >;
}>('features');

export const numberColumns = (columns: NumbersByName): Column[] =>
  Object.entries(columns).map(([name, values]) => numberColumn(name, values));

export const levelColumn = (values: readonly (string | null)[]): Column => categoryColumn('level', values);

/** Compares every column by name. */
export function assertColumnsClose(table: Table, expected: NumbersByName, tolerance: Tolerance): void {
  for (const [name, values] of Object.entries(expected)) {
    assertClose(numbersOf(table, name), values, { ...tolerance, reason: `${name}: ${tolerance.reason}` });
  }
}
