/** The real tables that full tests judge models on, as `golden/models-reference.py` reads them. */
import { readFileSync } from 'node:fs';
import { sharedData } from '../../../tools/shared-data.ts';
import { createDataset, type Dataset } from '../../table/dataset.ts';
import { tableOf } from './fit.ts';

export interface ReferenceTable {
  readonly rows: number;
  readonly columns: number;
  readonly testRows: readonly number[];
  readonly testChurned: readonly number[];
  readonly forest: { readonly mean: number; readonly sd: number; readonly splitMeans: readonly number[] };
  readonly regression: { readonly l2: number; readonly rocAuc: readonly number[] };
  readonly numbers: readonly string[];
  readonly categories: readonly string[];
  readonly target: readonly [string, string];
}

export interface Split {
  readonly train: Dataset;
  readonly test: Dataset;
}

/** Why a test on real tables can't run here, or false: what `skip` of a test wants. */
export const noChurnTables: string | false =
  sharedData('telco.csv') && sharedData('bank.csv')
    ? false
    : 'the public tables do not lie beside the project';

/** Split number `seed` of a table; `scale` standardises the number columns on the training rows. */
export function referenceSplit(name: string, spec: ReferenceTable, seed: number, scale = false): Split {
  const [header, ...lines] = readFileSync(sharedData(`${name}.csv`)!, 'utf8')
    .trimEnd()
    .split(/\r?\n/);
  const names = header!.split(',');
  const cells = lines.map((line) => line.split(','));
  const cell = (row: number, column: string): string => cells[row]![names.indexOf(column)]!;
  const all = cells.map((_, row) => row);
  const isTest = (row: number): boolean => (row * 7919 + seed * 104729) % 100 < 20;
  const trainRows = all.filter((row) => !isTest(row));

  const columns: { name: string; values: number[] }[] = spec.numbers.map((column) => {
    const values = all.map((row) => Number.parseFloat(cell(row, column)));
    const seen = trainRows.map((row) => values[row]!).filter((value) => !Number.isNaN(value));
    const filled = values.map((value) => (Number.isNaN(value) ? median(seen) : value));
    if (!scale) return { name: column, values: filled };
    const mean = meanOf(trainRows.map((row) => filled[row]!));
    const spread = Math.sqrt(meanOf(trainRows.map((row) => (filled[row]! - mean) ** 2)));
    return { name: column, values: filled.map((value) => (value - mean) / spread) };
  });
  for (const column of spec.categories) {
    for (const level of [...new Set(all.map((row) => cell(row, column)))].sort())
      columns.push({
        name: `${column}=${level}`,
        values: all.map((row) => (cell(row, column) === level ? 1 : 0)),
      });
  }
  const part = (rows: readonly number[]): Dataset =>
    createDataset(
      tableOf(
        rows.map((row) => columns.map(({ values }) => values[row]!)),
        columns.map((column) => column.name),
      ),
      rows.map((row) => (cell(row, spec.target[0]) === spec.target[1] ? 1 : 0)),
    );
  return { train: part(trainRows), test: part(all.filter(isTest)) };
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
