/** The tables that questions are asked of: the public ones beside the project, and made customers of any number. */

import { realClock } from '../../src/adapters/clock.ts';
import { createRandom, type Random } from '../../src/base/random.ts';
import { catalogue } from '../../src/catalogue.ts';
import { generateCustomers } from '../../src/data/generate/generate-customers.ts';
import { generatedId, generatedTarget } from '../../src/data/generate/model.ts';
import { metricById } from '../../src/evaluation/metrics/all.ts';
import { prepareSample } from '../../src/evaluation/sample.ts';
import { preprocessing } from '../../src/features/preprocess.ts';
import { preprocessSection } from '../../src/features/section.ts';
import type { Context } from '../../src/learn/context.ts';
import { fitAndTransform } from '../../src/learn/fit.ts';
import {
  booleanColumn,
  type Column,
  categoryColumn,
  type NumberColumn,
  numberColumn,
  textColumn,
  valueAt,
} from '../../src/table/column.ts';
import { createDataset, type Dataset } from '../../src/table/dataset.ts';
import { createTable, requireColumn, type Table } from '../../src/table/table.ts';
import {
  type AcceptanceTable,
  type LearnableTable,
  readAcceptanceTable,
} from '../../src/tasks/testing/acceptance-tables.ts';
import { featuresOf } from '../../src/tasks/train/select-model.ts';
import { sharedData } from '../../tools/shared-data.ts';

/** The path of a public table; they stand beside the project where it is developed. */
export function publicTable(name: string): string {
  const path = sharedData(name);
  if (path === undefined) throw new Error(`bench: shared/data/${name} is not beside the project`);
  return path;
}

/** Telco or bank by the contract that `init` proposes, cut by any seed as `train` cuts it. */
export const acceptanceTable = (name: AcceptanceTable): Promise<LearnableTable> =>
  readAcceptanceTable(name, publicTable(`${name}.csv`));

/** The columns that are learned from, without ids. */
export const learnable = (contract: LearnableTable['contract'], data: Dataset): Dataset => ({
  ...featuresOf({ data: contract }, data),
  ids: null,
  groups: null,
  times: null,
});

/** Telco as `train` prepares it for linear models and networks: imputed, clipped, on one scale, 0 / 1 columns. */
export async function preparedTelco(): Promise<Dataset> {
  const { contract, all } = await acceptanceTable('telco');
  const rows = learnable(contract, all);
  const { estimator } = preprocessing(preprocessSection.parse({}), rows.table.columns);
  return (await fitAndTransform(estimator, rows, benchContext(0))).data;
}

/** What fits are handed. Without `map` they may not ask for other fits. */
export function benchContext(
  seed: number,
  map: Context['map'] = () => Promise.reject(new Error('bench: no job expected')),
): Context {
  return { random: createRandom(seed), clock: realClock, catalogue, map, note: () => {} };
}

/** How many features `madeCustomers` have. */
export const madeFeatures = 30;

/**
 * Made customers of a subscription (`holdfast generate`), 30 features: 21 of theirs, four categories and two booleans among
 * them, and what they used in each of nine months, 5% of it missing. A million take about 20 s; beyond, those of the next seed follow.
 */
export function madeCustomers(rows: number, seed = 42): Dataset {
  if (rows > mostOfSeed)
    return followed(madeCustomers(mostOfSeed, seed), madeCustomers(rows - mostOfSeed, seed + 1));
  const { table } = generateCustomers({ rows, seed });
  const target = requireColumn('bench', table, generatedTarget.column, 'category');
  const churned = target.levels.indexOf(generatedTarget.churned);
  const labels = Uint8Array.from(target.codes, (code) => (code === churned ? 1 : 0));
  return createDataset(createTable([...featuresAmong(table), ...usage(table, createRandom(seed))]), labels);
}

/** More than so many `generate` does not make at once. */
const mostOfSeed = 1_000_000;

/** The rows of one and then of the other, whose columns have the same names and kinds. */
function followed(first: Dataset, then: Dataset): Dataset {
  const rows = first.labels.length;
  const labels = new Uint8Array(rows + then.labels.length);
  labels.set(first.labels);
  labels.set(then.labels, rows);
  const columns = first.table.columns.map(({ name, kind }, c): Column => {
    const values = [first, then].flatMap(({ table, labels: own }) =>
      Array.from(own, (_, row) => valueAt(table.columns[c]!, row)),
    );
    if (kind === 'category') return categoryColumn(name, values as (string | null)[]);
    if (kind === 'boolean') return booleanColumn(name, values as (boolean | null)[]);
    return numberColumn(name, values as (number | null)[]);
  });
  return createDataset(createTable(columns), labels);
}

/** A data set as a file has it: an id first, the outcome last, `churned` yes or no. */
export function withIdAndOutcome({ table, labels }: Dataset): Table {
  const ids = Array.from(labels, (_, row) => `C${String(row).padStart(8, '0')}`);
  const outcome = Array.from(labels, (label) => (label === 1 ? 'yes' : 'no'));
  const columns = [textColumn('customer', ids), ...table.columns, categoryColumn('churned', outcome)];
  return createTable(columns, labels.length);
}

/** Without the id, the outcome and the day of signing up, which the tenure tells. */
const featuresAmong = ({ columns }: Table): Column[] =>
  columns.filter(
    ({ name, kind }) => name !== generatedId && name !== generatedTarget.column && kind !== 'time',
  );

/** Usage of the months before, about that of the last one. */
function usage(table: Table, random: Random): NumberColumn[] {
  const last = requireColumn('bench', table, 'usageHoursMonth', 'number').values;
  const months = madeFeatures - featuresAmong(table).length;
  return Array.from({ length: months }, (_, month) => {
    const stream = random.fork('usage', month);
    const values = Float64Array.from(last, (hours) => {
      const factor = 1 + 0.1 * (month + 1) * (stream.uniform() - 0.5);
      return stream.uniform() < 0.05 ? Number.NaN : Math.round(hours * factor * 10) / 10;
    });
    return numberColumn(`usageHours${month + 1}MonthsAgo`, values);
  });
}

/** 1 for the rows that are held out: a share of them, drawn by the seed. */
export function holdoutMark(rows: number, share: number, seed: number): Uint8Array {
  const random = createRandom(seed).fork('holdout');
  return Uint8Array.from({ length: rows }, () => (random.uniform() < share ? 1 : 0));
}

/** Row numbers by the mark: those to learn from, those held out. */
export function partsByMark(mark: Uint8Array): { readonly train: Int32Array; readonly test: Int32Array } {
  const rowsWith = (value: number): Int32Array =>
    Int32Array.from([...mark.keys()].filter((row) => mark[row] === value));
  return { train: rowsWith(0), test: rowsWith(1) };
}

/** ROC-AUC and log loss of P(churn), as every side is judged; a peer's own are scikit-learn's, which agree. */
export function judged(labels: Uint8Array, scores: Float64Array): { auc: number; logLoss: number } {
  const sample = prepareSample(labels, scores, 0.5);
  return {
    auc: metricById('roc-auc').compute(sample),
    logLoss: metricById('log-loss').compute(sample),
  };
}
