import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { fitAndTransform, transform } from '../../learn/fit.ts';
import { traceSources } from '../../learn/pipeline.ts';
import { numberColumn, timeColumn } from '../../table/column.ts';
import { createDataset, type Dataset, withTable } from '../../table/dataset.ts';
import { createTable, type Table } from '../../table/table.ts';
import { featureCatalogue, numbersOf, testContext, valuesOf } from '../testing/fit.ts';
import { featureSteps } from './feature-steps.ts';
import { featuresSection } from './section.ts';

type Entries = z.input<typeof featuresSection>;
const section = (entries: Entries) => featuresSection.parse(entries);
const day = (text: string): number => Date.parse(text);
const names = (table: Table): string[] => table.columns.map(({ name }) => name);

/** The features of both requirement documents, as docs/how-to/features.md writes them. */
const documents: Entries = [
  { make: 'days-since', of: 'created', as: 'tenure_days' },
  { make: 'days-since', of: 'firstorder', as: 'days_since_first_order' },
  { make: 'days-since', of: 'lastorder', as: 'days_since_last_order' },
  { make: 'ratio', of: ['days_since_last_order', 'tenure_days'], as: 'order_recency_ratio' },
  { make: 'days-since', of: 'created_at', as: 'account_age_days' },
  { make: 'ratio', of: ['balance', 'products'], as: 'balance_per_product' },
  { make: 'ratio', of: ['total_transactions', 'tenure'], as: 'transactions_per_month' },
];

const customers = createTable([
  timeColumn('created', [day('2018-01-01'), day('2017-01-11'), null]),
  timeColumn('firstorder', [day('2018-01-03'), day('2017-01-21'), day('2018-01-01')]),
  timeColumn('lastorder', [day('2018-01-06'), null, day('2018-01-10')]),
  timeColumn('created_at', [day('2016-02-29'), day('2018-01-11'), day('2018-01-10T12:00:00Z')]),
  numberColumn('balance', [100, 0, null]),
  numberColumn('products', [4, 2, 1]),
  numberColumn('total_transactions', [24, 5, 7]),
  numberColumn('tenure', [12, 0, 7]),
]);
const due = {
  tenure_days: [10, 365, null],
  days_since_first_order: [8, 355, 10],
  days_since_last_order: [5, null, 1],
  order_recency_ratio: [0.5, null, null],
  account_age_days: [682, 0, 0],
  balance_per_product: [25, 0, null],
  transactions_per_month: [2, null, 1],
};

async function made(entries: Entries, table: Table, referenceDate: number | null = day('2018-01-11')) {
  const { steps, columns } = featureSteps(section(entries), table.columns);
  let data: Dataset = createDataset(table, new Uint8Array(table.rowCount), { referenceDate });
  const fitted = [];
  for (const step of steps) {
    const next = await fitAndTransform(step, data, testContext());
    fitted.push(next.fitted);
    data = withTable(data, next.data.table);
  }
  assert.deepEqual(
    names(data.table),
    columns.map(({ name }) => name),
  );
  return { fitted, table: data.table };
}

test('features: all of both requirement documents, by hand-checked values', async () => {
  const { table } = await made(documents, customers);
  const values = valuesOf(table);
  for (const [name, expected] of Object.entries(due)) assert.deepEqual(values[name], expected, name);
});

test('features: what is fitted gives later rows the same, from the same reference date', async () => {
  const { fitted } = await made(documents, customers);
  const again = fitted.reduce((table, step) => transform(step, table, featureCatalogue), customers);
  for (const [name, expected] of Object.entries(due)) assert.deepEqual(valuesOf(again)[name], expected, name);
});

test('features: a ratio of made columns names the business columns that they are made of', async () => {
  const { fitted } = await made(documents, customers);
  const sources = traceSources(fitted, ['order_recency_ratio', 'tenure_days', 'balance'], featureCatalogue);
  assert.deepEqual(Object.fromEntries(sources), {
    order_recency_ratio: ['lastorder', 'created'],
    tenure_days: ['created'],
    balance: ['balance'],
  });
});

test('features: without a reference date every days-since counts from one day, the newest of all their columns', async () => {
  const entries: Entries = [
    { make: 'days-since', of: 'created', as: 'a' },
    { make: 'days-since', of: 'lastorder', as: 'b' },
  ];
  const { table } = await made(entries, customers, null);
  assert.deepEqual([...numbersOf(table, 'a')], [9, 364, Number.NaN]);
  assert.deepEqual([...numbersOf(table, 'b')], [4, Number.NaN, 0]);
});

test('features: what they use is known, so that leaving out a date afterwards is no loss', () => {
  const { used } = featureSteps(section(documents), customers.columns);
  assert.ok(['created', 'lastorder', 'tenure_days', 'balance'].every((name) => used.has(name)));
  assert.ok(!used.has('order_recency_ratio'));
});

const refused = (entries: Entries, message: RegExp, param: string): void =>
  assert.throws(
    () => featureSteps(section(entries), customers.columns),
    (error: { code?: string; message: string; fields?: { param?: string } }) => {
      assert.equal(error.code, 'project.value');
      assert.equal(error.fields?.param, param);
      assert.match(error.message, message);
      return true;
    },
  );

test('features: an unknown column is refused with the nearest name; a later one is not known yet', () => {
  refused(
    [{ make: 'days-since', of: 'lastordr', as: 'a' }],
    /^features\.0\.of: no feature column is called lastordr; did you mean lastorder\?/,
    'features.0.of',
  );
  refused(
    [
      { make: 'ratio', of: ['b', 'tenure'], as: 'a' },
      { make: 'days-since', of: 'created', as: 'b' },
    ],
    /no feature column is called b/,
    'features.0.of',
  );
});

test('features: a column of another kind, a name that is taken and a method that does not fit are refused', () => {
  refused(
    [{ make: 'ratio', of: ['created', 'tenure'], as: 'a' }],
    /kind number, boolean.*kind time/,
    'features.0.of',
  );
  refused([{ make: 'ratio', of: ['balance', 'tenure'], as: 'tenure' }], /already/, 'features.0.as');
  refused(
    [{ make: 'date-part', of: 'created', part: 'month', as: 'm', outliers: 'none' }],
    /outliers must be left out for a category column/,
    'features.0.outliers',
  );
});

test('features: how a made column is prepared goes with its name', () => {
  const { methods } = featureSteps(
    section([{ make: 'ratio', of: ['balance', 'tenure'], as: 'a', impute: 'zero', outliers: 'none' }]),
    customers.columns,
  );
  assert.equal(methods.a?.impute, 'zero');
  assert.equal(methods.a?.outliers, 'none');
});
